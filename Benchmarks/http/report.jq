# The runs of scripts/bench, a line each, become one report: figures (medians), bars, and all runs.
def median: sort | .[length / 2 | floor];
def digits($n): . * pow(10; $n) | round / pow(10; $n);
def of($scenario; $subject): map(select(.scenario == $scenario and .subject == $subject) | .result);
def throughput($subject): of("throughput"; $subject) | map(.requests / .seconds) | median | round;
def latency($subject):
  of("latency"; $subject) | map(.alone)
  | {rate: .[0].rate, p50_us: map(.latency_us.p50) | median, p99_us: map(.latency_us.p99) | median,
     p99_to_p50: map(.latency_us.p99 / .latency_us.p50) | median | digits(2),
     own_delay_p99_us: map(.own_delay_us.p99) | median};
def crowd($scenario):
  of($scenario; "livez")
  | {rate: .[0].alone.rate, p99_alone_us: map(.alone.latency_us.p99) | median,
     p99_beside_us: map(.beside.latency_us.p99) | median,
     p99_ratio: map(.beside.latency_us.p99 / .alone.latency_us.p99) | median | digits(2),
     bytes_each: map((.memory_after - .memory_before) / ([.crowd[].in_place] | add)) | median | round};
def bar($name; $figure; $limit; $kind):
  {name: $name, figure: $figure, bar: "\($kind) \($limit)",
   met: (if $kind == "≥" then $figure >= $limit else $figure <= $limit end)};
def problems:
  map(.scenario as $scenario | .subject as $subject
    | if $scenario == "throughput" then select(.result.failed > 0) | "\($scenario), \($subject): \(.result.failed) failed"
      else [.result.alone, .result.beside // empty][] | select(.refused + .broken + .unanswered > 0)
        | "\($scenario), \($subject): \(.refused) refused, \(.broken) broken, \(.unanswered) unanswered"
      end);

. as $runs
| {throughput: {nginx: throughput("nginx"), livez: throughput("livez"), submit: throughput("submit"),
                presets: throughput("presets")},
   latency: {nginx: latency("nginx"), livez: latency("livez"), submit: latency("submit")},
   idle: crowd("idle"), slow: crowd("slow")} as $figures
| $circumstances + {
    quick: ($quick != ""),
    figures: $figures,
    bars: [
      bar("GET /livez, share of nginx"; $figures.throughput | .livez / .nginx | digits(2); 0.8; "≥"),
      bar("POST /api/ai/process, share of nginx"; $figures.throughput | .submit / .nginx | digits(2); 0.5; "≥"),
      bar("GET /api/prompts/presets, requests a second"; $figures.throughput.presets; 30000; "≥"),
      bar("GET /livez at 70 % load, p99 to p50"; $figures.latency.livez.p99_to_p50; 2; "≤"),
      bar("POST /api/ai/process at 70 % load, p99 to p50"; $figures.latency.submit.p99_to_p50; 2; "≤"),
      bar("an idle connection, bytes of memory"; $figures.idle.bytes_each; 8192; "≤"),
      bar("p99 beside idle connections to p99 alone"; $figures.idle.p99_ratio; 2; "≤"),
      bar("p99 beside slow clients to p99 alone"; $figures.slow.p99_ratio; 2; "≤")
    ],
    problems: problems,
    runs: $runs
  }
