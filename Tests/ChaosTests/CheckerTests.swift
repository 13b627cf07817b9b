import JSON
import Testing

@testable import Chaos
