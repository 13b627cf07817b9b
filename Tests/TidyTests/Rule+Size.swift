extension Rule {
    static let fileLength = Rule(.everything) { file in
        let limit = file.isTest ? 500 : 400
        guard file.lines.count > limit else { return [] }
        return [Finding(path: file.path, line: limit + 1, message: "\(file.lines.count) lines, at most \(limit)")]
    }

    static let lineLength = Rule(.everything) { file in
        file.findings("longer than 120 columns") { _, line in line.text.count > 120 }
    }

    static let functionLength = Rule(.everything) { file in
        FunctionSpan.all(in: file.lines).filter { $0.lineCount > 60 }.map {
            Finding(path: file.path, line: $0.firstLine, message: "\($0.lineCount) lines in one function, at most 60")
        }
    }
}
