import Testing

@testable import HTTP

@Suite("Byte sets")
struct ByteSetTests {
    private static let alphanumeric = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    private static let registeredName = alphanumeric + "-._~!$&'()*+,;="

    @Test("hold exactly the bytes that their grammar names")
    func members() {
        check(.digit, "0123456789")
        check(.hexDigit, "0123456789ABCDEFabcdef")
        check(.token, ByteSetTests.alphanumeric + "!#$%&'*+-.^_`|~")
        check(.registeredName, ByteSetTests.registeredName)
        check(.ipLiteral, "0123456789ABCDEFabcdef:.")
        check(.target, ByteSetTests.registeredName + "%:@/?[]\"<>\\^`{|}")
    }

    private func check(_ set: ByteSet, _ text: String) {
        let expected = Set(text.utf8)
        for byte in UInt8.min...UInt8.max {
            #expect(set.contains(byte) == expected.contains(byte), "\(byte)")
        }
    }
}
