import Domain

extension JobFailure {
    /// What a person is told of a model's failure. The provider's own words stay in the log.
    init(_ failure: ModelFailure) {
        if let wait = failure.localWait {
            self.init(
                .rateLimited, "Все места у модели заняты, запрос ждёт своей очереди.", isRetryable: true,
                isLocalLimit: true, localWait: wait)
            return
        }
        self.init(
            failure.failureClass, Self.sentence(for: failure.failureClass),
            isRetryable: Self.mayPass(failure.failureClass), retryAfter: failure.retryAfter)
    }

    private static func mayPass(_ kind: FailureClass) -> Bool {
        switch kind {
        case .rateLimited, .server, .transport, .timeout, .malformed: true
        case .badRequest, .auth, .forbidden, .quotaExhausted, .notFound, .blocked, .cancelled, .invalid, .internal:
            false
        }
    }

    private static func sentence(for kind: FailureClass) -> String {
        switch kind {
        case .badRequest: "Модель не приняла запрос. Возможно, он слишком велик: сократите текст или таблицу."
        case .auth: "Сервис модели не принял учётные данные. Сообщите администратору."
        case .forbidden: "Сервис модели не разрешает такой запрос. Сообщите администратору."
        case .quotaExhausted: "Закончились оплаченные токены модели. Сообщите администратору."
        case .notFound: "Такой модели нет."
        case .rateLimited: "Сервис модели занят. Повторите запрос позже."
        case .server: "Сервис модели не справился с запросом. Повторите запрос позже."
        case .transport: "Сервис модели недоступен. Повторите запрос позже."
        case .timeout: "Модель не ответила вовремя."
        case .malformed: "Ответ модели не удалось прочитать."
        case .blocked: "Модель отказалась отвечать на этот запрос."
        case .cancelled: "Запрос прерван."
        case .invalid: "В запросе требуется невозможное."
        case .internal: "Внутренняя ошибка сервиса."
        }
    }
}
