"""What APP_ENV=production refuses to start with, each by itself."""

import report
import service

STRONG = {
    "APP_ENV": "production", "API_KEYS_REQUIRED": "true", "DB_HOST": "db.example", "DB_SSLMODE": "verify-full",
    "DB_PASSWORD": "aV3ry-l0ng-and-odd-one", "GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_CREDENTIALS": "Y2xpZW50OnNlY3JldA==",
    "KAFKA_BOOTSTRAP_SERVERS": "kafka.example:9093", "KAFKA_USE_SSL": "true",
}
WEAK = [
    ("API_KEYS_REQUIRED", {"API_KEYS_REQUIRED": "false"}),
    ("ADMIN_API_KEY", {"ADMIN_API_KEY": "short"}),
    ("DB_PASSWORD", {"DB_PASSWORD": "gigaoffice"}),
    ("DB_SSLMODE", {"DB_SSLMODE": "disable"}),
    ("GIGACHAT_VERIFY_SSL", {"GIGACHAT_VERIFY_SSL": "false"}),
    ("KAFKA_SSL_VERIFY_CERTIFICATES", {"KAFKA_SSL_VERIFY_CERTIFICATES": "false"}),
    ("KAFKA_SSL_CHECK_HOSTNAME", {"KAFKA_SSL_CHECK_HOSTNAME": "false"}),
    ("LOG_PROMPTS", {"LOG_PROMPTS": "true"}),
    ("KAFKA_USE_SSL", {"KAFKA_USE_SSL": "false", "KAFKA_SASL_MECHANISM": "PLAIN", "KAFKA_SASL_USERNAME": "u",
                       "KAFKA_SASL_PASSWORD": "p"}),
]


def look():
    report.group("Production (APP_ENV=production)")
    code, said = service.run("config", settings=STRONG, only=True)
    report.check(code == 0, "strong settings are taken", said.strip()[-300:])
    for name, change in WEAK:
        code, said = service.run("config", settings={**STRONG, **change}, only=True)
        value = change[name]
        report.check(code == 78 and name in said, f"{name}={value} is refused by name", f"code {code}")
    # All but the last, which cannot be wrong together with the settings of TLS that it does not use.
    together = {key: value for _, change in WEAK[:-1] for key, value in change.items()}
    code, said = service.run("serve", settings={**STRONG, **together}, only=True)
    missing = sorted({name for name, _ in WEAK[:-1] if name not in said})
    report.check(code == 78 and not missing, "the service does not start with them, and names all at once", f"{missing}")
