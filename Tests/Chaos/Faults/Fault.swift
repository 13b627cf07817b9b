/// What can be done to the cast.
enum Fault: String, CaseIterable, Sendable {
    case killAPI, killWorker, killDatabase, killBroker
    case pauseAPI, pauseWorker, pauseBroker
    case cutBroker
    case restartAPI, restartWorker

    /// For the report.
    var name: String {
        switch self {
        case .killAPI: "kill -9 an API"
        case .killWorker: "kill -9 a worker"
        case .killDatabase: "kill -9 PostgreSQL"
        case .killBroker: "kill -9 the broker, which loses its log"
        case .pauseAPI: "pause an API"
        case .pauseWorker: "pause a worker"
        case .pauseBroker: "pause the broker"
        case .cutBroker: "cut the way to the broker"
        case .restartAPI: "restart an API in order"
        case .restartWorker: "restart a worker in order"
        }
    }

    /// How often it comes, in relation to the others.
    var weight: Int {
        switch self {
        case .killWorker: 5
        case .killAPI, .pauseWorker, .killDatabase: 3
        case .cutBroker, .killBroker, .pauseAPI: 2
        case .pauseBroker, .restartAPI, .restartWorker: 1
        }
    }

    /// How long it lasts before it is undone, in milliseconds. A pause is sometimes longer than a lease.
    var hold: ClosedRange<Int> {
        switch self {
        case .pauseAPI, .pauseWorker, .pauseBroker, .cutBroker: 1000...12_000
        case .killAPI, .killWorker, .killBroker, .restartAPI, .restartWorker: 100...3000
        case .killDatabase: 0...2000
        }
    }

    /// What it needs to itself while it lasts.
    func subject(_ index: Int) -> String {
        switch self {
        case .killAPI, .pauseAPI, .restartAPI: "api-\(index)"
        case .killWorker, .pauseWorker, .restartWorker: "worker-\(index)"
        case .killDatabase: "postgres"
        case .killBroker, .pauseBroker, .cutBroker: "broker"
        }
    }
}
