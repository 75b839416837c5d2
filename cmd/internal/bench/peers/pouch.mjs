// The same work for PouchDB: a client writes, pushes to a server in a process of
// its own on loopback, and a second client pulls. Prints one JSON object.
import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { performance } from 'node:perf_hooks'
const require = createRequire(import.meta.url)
const PouchDB = require('pouchdb')

if (process.argv[2] === 'serve') {
  const express = require('express')
  const app = express()
  const sockets = []
  app.use('/db', require('express-pouchdb')(PouchDB.defaults({ prefix: './server-' }), { mode: 'minimumForPouchDB', logPath: './pouch.log' }))
  const server = app.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))
  server.on('connection', (s) => sockets.push(s))
  const sum = (of) => sockets.reduce((n, s) => n + of(s), 0)
  process.on('message', () => process.send({ up: sum((s) => s.bytesRead), down: sum((s) => s.bytesWritten) }))
} else {
  const docs = JSON.parse(readFileSync(process.argv[2]))
  const child = fork(process.argv[1], ['serve'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const told = () => new Promise((resolve) => child.once('message', resolve))
  const { port } = await told()
  const url = `http://127.0.0.1:${port}/db/cases`
  const timed = async (fn) => { const began = performance.now(); await fn(); return (performance.now() - began) / 1000 }
  const ask = async () => { const answer = told(); child.send('count'); return answer }
  const a = new PouchDB('writer'), b = new PouchDB('reader')
  const write = await timed(async () => { for (let i = 0; i < docs.length; i += 500) await a.bulkDocs(docs.slice(i, i + 500)) })
  const push = await timed(() => a.replicate.to(url, { batch_size: 100 }))
  const middle = await ask()
  const pull = await timed(() => b.replicate.from(url, { batch_size: 100 }))
  const last = await ask()
  if ((await b.info()).doc_count !== docs.length) throw new Error('documents are missing')
  console.log(JSON.stringify({ write, push, pull, up: middle.up, down: last.down - middle.down }))
  child.kill()
  process.exit(0)
}
