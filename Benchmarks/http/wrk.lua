-- For wrk: with a file after `--` each request posts it as JSON; at the end one line of JSON tells how it went.
function init(args)
   if args[1] then
      local file = assert(io.open(args[1], "rb"))
      wrk.method = "POST"
      wrk.body = file:read("*a")
      wrk.headers["Content-Type"] = "application/json"
      file:close()
   end
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '\n{"requests":%d,"seconds":%.6f,"failed":%d,"latency_us":{"p50":%d,"p99":%d}}\n',
      summary.requests, summary.duration / 1e6,
      errors.connect + errors.read + errors.write + errors.status + errors.timeout,
      latency:percentile(50), latency:percentile(99)))
end
