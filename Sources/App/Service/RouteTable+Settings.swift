import Domain
import Providers

extension RouteTable {
    /// The tiers as set. Where a tier has no models, GigaChat's are asked and then those of other providers that have
    /// one set; the dry run stands alone, since it has to call nobody.
    init(_ configuration: Configuration) {
        let gigachat = configuration.gigachat
        let isDryrun = gigachat.runMode == .dryrun
        let primary = configuration.primaryProvider
        var defaults = RouteTable.gigachat(
            provider: primary, fallback: isDryrun ? primary : gigachat.model,
            generate: isDryrun ? nil : gigachat.generateModel, classify: isDryrun ? nil : gigachat.classifyModel,
            embed: isDryrun ? primary : gigachat.embedModel)
        let others = configuration.otherProviders.compactMap { other in
            other.model.map { ModelChoice(provider: other.name, model: $0) }
        }
        if !isDryrun {
            for stage in [ModelTarget.Stage.classification, .generation, .chat] {
                defaults[stage, default: []] += others
            }
        }
        let models = configuration.models
        self.init(
            tiers: [.cheap: models.cheap, .expensive: models.expensive], assignments: models.stageTiers,
            defaults: defaults)
    }
}
