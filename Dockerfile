# Build: the compiler and the -dev packages of scripts/packages.txt, the list that scripts/bootstrap reads too.
FROM swift:6.3-bookworm AS build
WORKDIR /build
COPY scripts/packages.txt ./
RUN apt-get update -q \
    && awk '!/^#/ && $3 == "build" { print $1 }' packages.txt \
    | DEBIAN_FRONTEND=noninteractive xargs apt-get install -y -q --no-install-recommends \
    && rm -rf /var/lib/apt/lists/*
# The package manifest names the tests and benchmarks, so SwiftPM wants their folders too.
COPY Package.swift ./
COPY Tests Tests
COPY Benchmarks Benchmarks
COPY Sources Sources
# Without symbols the program is less than half as large; a crash still names its functions.
RUN swift build -c release --static-swift-stdlib --product gigaoffice \
    && install -D --strip .build/release/gigaoffice /out/gigaoffice

# Documents: Swagger UI and Redoc for /docs and /redoc.
FROM debian:bookworm-slim AS documents
WORKDIR /build
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends bash ca-certificates python3-pip \
    && rm -rf /var/lib/apt/lists/*
COPY scripts/prelude.sh scripts/api-docs scripts/api-docs.txt scripts/
RUN scripts/api-docs /out/api-docs

# Run: the shared libraries only.
FROM debian:bookworm-slim
RUN apt-get update -q \
    && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends \
    ca-certificates libcurl4 libmimalloc2.0 libpq5 librdkafka1 libssl3 libstdc++6 libyaml-0-2 tzdata zlib1g \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/cache/debconf/*-old /var/log/* \
    && groupadd --system --gid 10001 gigaoffice \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /app --shell /usr/sbin/nologin gigaoffice
COPY --from=build /out/gigaoffice /usr/local/bin/gigaoffice
COPY --from=documents /out/api-docs /app/api-docs
COPY resources /app/resources
COPY migrations /app/migrations
WORKDIR /app
ENV HOST=0.0.0.0 \
    PORT=8000 \
    RESOURCES_DIR=/app/resources \
    MIGRATIONS_DIR=/app/migrations \
    API_DOCS_DIR=/app/api-docs
USER 10001:10001
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 CMD ["gigaoffice", "health"]
ENTRYPOINT ["gigaoffice"]
CMD ["serve"]
