// Calls a tool of a server that it starts itself with an official client, in the revision without sessions.
// usage: node over-stdio.mjs COMMAND...
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const [command, ...args] = process.argv.slice(2);
const client = new Client(
  { name: 'over-stdio', version: '1' },
  { versionNegotiation: { mode: { pin: '2026-07-28' } } },
);
await client.connect(new StdioClientTransport({ command, args, stderr: 'ignore' }));
const { tools } = await client.listTools();
const { content } = await client.callTool({ name: 'list_postgres_instances', arguments: {} });
console.log(`${tools.length} tools, ${content[0].text}`);
await client.close();
console.log('done');
