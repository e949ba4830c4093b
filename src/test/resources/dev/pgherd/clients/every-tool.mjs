// Calls every tool that a server offers with an official client, which checks each answer against the tool's schema.
// usage: node every-tool.mjs (session | stateless) URL FILE NAME; the file lists the calls, NAME is the instance they make
import { readFileSync } from 'node:fs';

const [revision, url, file, name] = process.argv.slice(2);
const information = { name: 'every-tool', version: '1' };

async function connected() {
  if (revision === 'session') {
    const { Client } = await import('@modelcontextprotocol/sdk/client/index.js');
    const { StreamableHTTPClientTransport } = await import('@modelcontextprotocol/sdk/client/streamableHttp.js');
    const client = new Client(information);
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    return [client, (call) => client.callTool(call, undefined, { timeout: 120_000 })];
  }
  const { Client, StreamableHTTPClientTransport } = await import('@modelcontextprotocol/client');
  const client = new Client(information, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return [client, (call) => client.callTool(call, { timeout: 120_000 })];
}

const [client, callTool] = await connected();
const offered = new Set((await client.listTools()).tools.map((tool) => tool.name));
const calls = JSON.parse(readFileSync(file, 'utf8').replaceAll('NAME', name));
for (const { tool, arguments: given, failure } of calls) {
  if (!offered.delete(tool)) {
    continue;
  }
  const result = await callTool({ name: tool, arguments: given });
  const text = result.content.map((content) => content.text).join('\n');
  if (result.isError && !(failure && new RegExp(failure).test(text))) {
    throw new Error(`${tool}: ${text}`);
  }
  console.log(`called ${tool}`);
}
if (offered.size > 0) {
  throw new Error(`no call is known for ${[...offered].join(', ')}`);
}
await client.close();
console.log('every tool was called');
