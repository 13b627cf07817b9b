-- wrk: submits one small job after another, as a spreadsheet plugin does. Says at the end what was not accepted.
wrk.method = "POST"
wrk.path = "/api/ai/process"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"query_text":"Посчитай сумму по столбцу B","category":"analysis","input_range":"A1:B3",'
    .. '"input_data":[["Товар","Сумма"],["Чай",120],["Кофе",250]]}'

function done(summary, latency, requests)
    local errors = summary.errors
    local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
    io.write(string.format(
        "RESULT %d %.3f %d %.2f %.2f\n", summary.requests - errors.status, summary.duration / 1e6, failed,
        latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
