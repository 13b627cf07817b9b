// How far the workers have come in Kafka, and the log's level of the process that answers.

import { ask, element, make, number, say } from "/assets/site.js";

export const processTexts = {
  byPartition: ["Отставание в Kafka по разделам", "Kafka's lag by partition"],
  lagOf: ["{lag} (до {end})", "{lag} (up to {end})"],
  thisProcess: ["Kafka: этот процесс", "Kafka: this process"],
  commits: ["подтверждений", "commits"],
  failedCommits: ["не удалось подтвердить", "failed commits"],
  assigned: ["разделов получал, раз", "times given partitions"],
  givenBack: ["разделы отдавал, раз", "times partitions given back"],
  lost: ["разделы терял, раз", "times partitions lost"],
  tileLag: ["сообщений отставание в Kafka", "messages behind in Kafka"],
  log: ["Журнал", "Log"],
  logLevel: ["Подробность", "Level"],
  logApply: ["Применить", "Apply"],
  logNow: ["{reach}: {process}. В настройках: {configured}.", "{reach}: {process}. The settings say {configured}."],
};

/** The queue as Kafka has it, or why it is not known. Asked for seldom: each time the service asks the brokers. */
export async function readQueue() {
  try {
    return { queue: (await ask("GET", "/api/admin/queue")).body, fault: null };
  } catch (error) {
    return { queue: null, fault: error.message };
  }
}

/** The rows of both lists, by title. */
export function queueRows({ queue, fault }) {
  if (!queue) return [["byPartition", [[fault ?? say("unknown"), ""]]]];
  const { process } = queue;
  return [
    ["byPartition", queue.partitions.map((one) => [
      `${queue.topic}/${one.partition}`, say("lagOf", { lag: number(one.lag), end: number(one.end) })])],
    ["thisProcess", [
      [say("commits"), number(process.commits)], [say("failedCommits"), number(process.failed_commits)],
      [say("assigned"), number(process.partitions_assigned)], [say("givenBack"), number(process.partitions_revoked)],
      [say("lost"), number(process.partitions_lost)]]],
  ];
}

/** Starts the log's section; `load` asks for the level. */
export function startLog() {
  let isKnown = false;

  async function use(method, body) {
    try {
      const { body: log } = await ask(method, "/api/admin/log-level", { body });
      element("log-level").replaceChildren(...log.levels.map((level) => make("option", { value: level }, level)));
      element("log-level").value = log.level;
      isKnown = true;
      element("log-note").textContent = say("logNow", {
        reach: log.applies_to, process: log.process, configured: log.configured });
    } catch (error) {
      element("log-note").textContent = error.message;
    }
  }

  element("log-form").addEventListener("submit", (event) => {
    event.preventDefault();
    use("PUT", { level: element("log-level").value });
  });
  return { load: () => use("GET"), show: () => isKnown && use("GET") };
}
