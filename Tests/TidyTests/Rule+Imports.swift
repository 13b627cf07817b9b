extension Rule {
    private static let placed = Scope.folders(["Sources/System", "Sources/Service", "Sources/App", "Benchmarks"])

    static let importsPointDown = Rule(placed) { file in
        guard let own = Rings.rank[file.module] else {
            return [Finding(path: file.path, line: 1, message: "module \(file.module) has no place in Rings.swift")]
        }
        return file.imports.compactMap { line, module in
            guard let other = Rings.rank[module], other >= own else { return nil }
            return Finding(
                path: file.path, line: line, message: "\(file.module) may not import \(module): not below it")
        }
    }

    static let productImportsNoC = Rule(.folders(["Sources/Service", "Sources/App", "Benchmarks"])) { file in
        file.imports.compactMap { line, module in
            let isSystem = Rings.systemModules.contains(module) && !Rings.mayUseSystemModules.contains(file.module)
            guard isSystem || Rings.isC(module) else { return nil }
            let message = "\(file.module) may not import \(module): a product module knows no C"
            return Finding(path: file.path, line: line, message: message)
        }
    }

    static let technologyStaysInItsAdapter = Rule(.sources) { file in
        file.imports.compactMap { line, module in
            guard let adapters = Rings.adapters[module], !adapters.contains(file.module) else { return nil }
            let message = "\(file.module) may not import \(module): only \(adapters.sorted()) may"
            return Finding(path: file.path, line: line, message: message)
        }
    }
}
