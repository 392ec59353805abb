import { readdir, readFile } from "node:fs/promises"

/** Fields of `/proc/<pid>/stat` after the command, which may hold spaces; undefined where there is no such file. */
const statOf = async (pid: number | string) => {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined)
  return text?.slice(text.lastIndexOf(")") + 2).split(" ")
}

const ticksPerSecond = 100

/** Seconds of CPU that a process has used, all threads, user and system. 0 where there is no /proc. */
export const cpuSeconds = async (pid: number): Promise<number> => {
  const stat = await statOf(pid)
  return stat === undefined ? 0 : (Number(stat[11]) + Number(stat[12])) / ticksPerSecond
}

/** Seconds of CPU that a process and its children have used, those that have ended too. 0 where there is no /proc. */
export const familySeconds = async (pid: number): Promise<number> => {
  const entries = await readdir("/proc").catch(() => [])
  const used = await Promise.all(
    entries.filter((entry) => /^\d+$/.test(entry)).map(async (entry) => {
      const isOfFamily = entry === String(pid) || (await statOf(entry))?.[1] === String(pid)
      return isOfFamily ? cpuSeconds(Number(entry)) : 0
    })
  )
  const stat = await statOf(pid)
  const ended = stat === undefined ? 0 : (Number(stat[13]) + Number(stat[14])) / ticksPerSecond
  return used.reduce((sum, seconds) => sum + seconds, ended)
}

/** Resident memory of a process in MB (10^6 bytes). 0 where there is no /proc. */
export const residentMegabytes = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "")
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024 / 1e6
}
