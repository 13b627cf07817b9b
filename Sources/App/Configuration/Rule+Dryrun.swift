import Providers

extension Rule where Value == DryrunScript {
    /// Steps of the dry run.
    static var dryrunScript: Self {
        Rule("steps such as 429:retry-after=2,500,slow:delay=3000,malformed,ok") {
            DryrunScript($0)
        } write: {
            $0.text
        }
    }
}
