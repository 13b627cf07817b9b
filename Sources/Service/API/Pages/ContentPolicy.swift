/// What a browser may do on a page of ours: nothing from elsewhere, and no script that is not a file of ours.
enum ContentPolicy: String, Sendable {
    /// Our own pages: no style or script inside the page either.
    case own = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
        base-uri 'none'; form-action 'none'; frame-ancestors 'none'
        """
    /// Swagger UI and Redoc make styles while they run, and hold their pictures as data.
    case documents = """
        default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
        font-src 'self' data:; connect-src 'self'; worker-src blob:; base-uri 'none'; form-action 'none'; \
        frame-ancestors 'none'
        """
}
