-- What wrk asks: the lines of the file that REQUESTS names, one after the other, tab apart:
-- method, path, token, body. `%d` in a body becomes a number that counts up. DELAY is how many
-- milliseconds a connection rests after an answer.
local asked, at = {}, 0
local pause = tonumber(os.getenv("DELAY") or "0")
-- Another first number each time: what was made by an earlier load is there still.
local number = os.time() % 1000000 * 1000000

function init()
  for line in io.lines(os.getenv("REQUESTS")) do
    local method, path, token, body = line:match("([^\t]*)\t([^\t]*)\t([^\t]*)\t?(.*)")
    local headers = { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }
    local one = { method = method, path = path, headers = headers, body = body ~= "" and body or nil }
    if not body:find("%%d") then one.made = wrk.format(method, path, headers, one.body) end
    asked[#asked + 1] = one
  end
end

function request()
  at = at % #asked + 1
  local one = asked[at]
  if one.made then return one.made end
  number = number + 1
  return wrk.format(one.method, one.path, one.headers, (one.body:gsub("%%d", tostring(number))))
end

if pause > 0 then
  function delay() return pause end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    "MEASURED %f %f %f %d %d\n",
    summary.requests / (summary.duration / 1e6), latency:percentile(99) / 1000, latency.max / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout, summary.requests))
end
