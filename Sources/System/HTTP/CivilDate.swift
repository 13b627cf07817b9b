/// A day of the proleptic Gregorian calendar.
struct CivilDate: Equatable {
    let year: Int
    /// 1 … 12.
    let month: Int
    /// 1 … 31.
    let day: Int

    /// `nil` for a day that does not exist.
    init?(year: Int, month: Int, day: Int) {
        guard 1...9_999 ~= year, 1...12 ~= month, day >= 1 else { return nil }
        self.year = year
        self.month = month
        self.day = day
        // A day past the month's end counts on into the next month, and so does not come back as itself.
        guard CivilDate(daysSinceEpoch: daysSinceEpoch) == self else { return nil }
    }

    /// The date of a day number. Years are taken to begin in March, so that the leap day is the last one and month
    /// lengths follow 153 days in every five months.
    init(daysSinceEpoch: Int) {
        let daysFromMarch0 = daysSinceEpoch + 719_468
        let era = daysFromMarch0.dividedRoundingDown(by: 146_097)
        let dayOfEra = daysFromMarch0 - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// Days since 1970-01-01.
    var daysSinceEpoch: Int {
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = yearFromMarch.dividedRoundingDown(by: 400)
        let yearOfEra = yearFromMarch - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }
}

extension Int {
    func dividedRoundingDown(by divisor: Int) -> Int {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }
}
