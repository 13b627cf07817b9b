-- For wrk. Behind `--`: `--body FILE` posts the file as JSON with each request, `--paths FILE` asks for its lines in
-- turn. At the end one line of JSON tells how it went.
local requests, turn = {}, 0

local function contents(name)
   local file = assert(io.open(name, "rb"))
   local text = file:read("*a")
   file:close()
   return text
end

local function ask_in_turn()
   turn = turn % #requests + 1
   return requests[turn]
end

function init(args)
   for index = 1, #args, 2 do
      if args[index] == "--body" then
         wrk.method = "POST"
         wrk.body = contents(args[index + 1])
         wrk.headers["Content-Type"] = "application/json"
      elseif args[index] == "--paths" then
         for path in contents(args[index + 1]):gmatch("[^\n]+") do
            requests[#requests + 1] = wrk.format(nil, path)
         end
         request = ask_in_turn
      else
         error("unknown option " .. args[index])
      end
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
