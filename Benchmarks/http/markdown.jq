# The report of report.jq for people.
def row: "| " + (map(tostring) | join(" | ")) + " |";
def table($head): [($head | row), ($head | map("---") | row | gsub(" "; ""))] + map(row) | join("\n");

"# HTTP server, measured\n",
(if .quick then "**A quick run: it shows that everything works; its figures mean nothing.**\n" else empty end),
"\(.date), commit \(.commit). \(.machine.processor), \(.machine.cores) cores, \(.machine.memory_mib) MiB; " +
  "\(.machine.system); load average before: \(.machine.load_average_before). " +
  "Swift \(.versions.swift), nginx \(.versions.nginx), wrk \(.versions.wrk).\n",
(.bars | map([.name, .figure, .bar, if .met then "met" else "**missed**" end]) | table(["What", "Figure", "Bar", ""])),
"",
(.figures.throughput | to_entries | map([.key, .value]) | table(["wrk on", "Requests a second"])),
"",
(.figures.latency | to_entries
  | map([.key, .value.rate, .value.p50_us, .value.p99_us, .value.p99_to_p50, .value.own_delay_p99_us])
  | table(["At 70 %", "Requests a second", "p50, µs", "p99, µs", "p99 to p50", "p99 of the tool's own delay, µs"])),
"",
(.figures | {idle, slow} | to_entries
  | map([.key, .value.rate, .value.p99_alone_us, .value.p99_beside_us, .value.p99_ratio, .value.bytes_each])
  | table(["Crowd", "Requests a second", "p99 alone, µs", "p99 beside it, µs", "Ratio", "Bytes of memory each"])),
(if .problems == [] then empty else "\nProblems:\n\n" + (.problems | map("* " + .) | join("\n")) end)
