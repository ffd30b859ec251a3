'use strict';
// usage: node client.js HOST:PORT [FOLDER OF PEM FILES]
// Plays every scenario against the server there and prints one JSON object: scenario -> what came of it.
const { grpc, echo, health, reflection, clientCredentials } = require('./protocol');

const [address, folder] = process.argv.slice(2);
const credentials = clientCredentials(folder);
const client = new echo.Echo(address, credentials);
const soon = milliseconds => ({ deadline: Date.now() + milliseconds });
const patient = () => soon(20000);
const kib100 = Buffer.alloc(100000, 'x');
const mib5 = 5 * 1024 * 1024;

// An error as the scenarios report it.
const outcome = error => ({ code: error ? error.code : 0, details: error && error.details });

function unary(stub, method, request, { metadata = new grpc.Metadata(), options = patient() } = {}) {
  return new Promise(resolve => {
    let trailers;
    const call = stub[method](request, metadata, options, (error, reply) =>
      setImmediate(() => resolve({ error, reply, trailers: error ? error.metadata : trailers })));
    call.on('status', status => { trailers = status.metadata; });
  });
}

// Collects what a stream of replies brings until it ends.
function drain(call, onData = () => {}) {
  return new Promise(resolve => {
    const received = [];
    call.on('data', reply => { received.push(reply); onData(reply); });
    call.on('error', error => resolve({ received, error }));
    call.on('status', status => { if (status.code === 0) resolve({ received, error: null }); });
  });
}

const scenarios = {
  once: async () => {
    const { reply } = await unary(client, 'Once', { text: 'grüß 東京', number: 7 });
    return { text: reply.text, number: reply.number };
  },
  fail: async () => outcome((await unary(client, 'Once', { behave: 'fail', number: 3, text: 'Größe 100 % 漢字' })).error),
  fault: async () => ({ code: (await unary(client, 'Once', { behave: 'fault' })).error.code }),
  deadline: async () => ({ code: (await unary(client, 'Once', { behave: 'sleep' }, { options: soon(400) })).error.code }),
  cancel: () => new Promise(resolve => {
    const call = client.Once({ behave: 'sleep' }, patient(), error => resolve({ code: error.code }));
    setTimeout(() => call.cancel(), 300);
  }),
  gzip: async () => {
    const zipped = new echo.Echo(address, credentials, { 'grpc.default_compression_algorithm': 2 });
    const { reply } = await unary(zipped, 'Once', { payload: kib100 });
    zipped.close();
    return { same: kib100.equals(reply.payload) };
  },
  oversizeRequest: async () => ({ code: (await unary(client, 'Once', { payload: Buffer.alloc(mib5) })).error.code }),
  oversizeReply: async () => ({ code: (await unary(client, 'Once', { behave: 'large', number: mib5 })).error.code }),
  collect: () => new Promise(resolve => {
    const call = client.Collect(patient(), (error, reply) => resolve({ text: reply.text, number: reply.number }));
    ['a', 'b', 'c'].forEach(text => call.write({ text }));
    call.end();
  }),
  collectNothing: () => new Promise(resolve => {
    client.Collect(patient(), (error, reply) => resolve({ text: reply.text, number: reply.number })).end();
  }),
  earlyError: () => new Promise(resolve => {
    const call = client.Collect(patient(), error => { clearInterval(writing); resolve(outcome(error)); });
    call.write({ behave: 'fail', number: 9, text: 'enough' });
    const writing = setInterval(() => call.write({ payload: kib100 }), 1);
  }),
  expand: async () => {
    const { received, error } = await drain(client.Expand({ number: 3 }, patient()));
    return { numbers: received.map(reply => reply.number), ...outcome(error) };
  },
  streamError: async () => {
    const { received, error } = await drain(client.Expand({ behave: 'fail', number: 15, text: 'torn' }, patient()));
    return { numbers: received.map(reply => reply.number), ...outcome(error) };
  },
  streamDeadline: async () => {
    const { received, error } = await drain(client.Expand({ behave: 'sleep', number: 2 }, soon(2000)));
    return { numbers: received.map(reply => reply.number), code: error.code };
  },
  converse: async () => {
    const call = client.Converse(patient());
    let next = 1;
    const done = drain(call, () => (next <= 5 ? call.write({ number: next++ }) : call.end()));
    call.write({ number: next++ });
    const { received, error } = await done;
    return { numbers: received.map(reply => reply.number), code: outcome(error).code };
  },
  converseCancel: async () => {
    const call = client.Converse(patient());
    const done = drain(call, () => call.cancel());
    call.write({ number: 1 });
    const { received, error } = await done;
    return { numbers: received.map(reply => reply.number), code: error.code };
  },
  missingMethod: async () => ({ code: (await unary(client, 'Missing', {})).error.code }),
  missingService: async () => {
    const unserved = new echo.Unserved(address, credentials);
    const { error } = await unary(unserved, 'Once', {});
    unserved.close();
    return { code: error.code };
  },
  metadata: async () => {
    const metadata = new grpc.Metadata();
    metadata.set('echo', 'a, b;c');
    metadata.set('echo-bin', Buffer.from([0, 255, 1, 254]));
    const { trailers } = await unary(client, 'Once', { behave: 'metadata' }, { metadata });
    return { text: trailers.get('echo')[0], bytes: [...trailers.get('echo-bin')[0]] };
  },
  details: async () => {
    const { error } = await unary(client, 'Once', { behave: 'details' });
    const bytes = error.metadata.get('grpc-status-details-bin')[0];
    return { code: error.code, reason: error.metadata.get('reason')[0], named: bytes.includes('type.googleapis.com/google.rpc.RetryInfo') };
  },
  health: async () => {
    const checker = new health.Health(address, credentials);
    const whole = await unary(checker, 'Check', {});
    const unknown = await unary(checker, 'Check', { service: 'x' });
    const first = await new Promise(resolve => {
      const watch = checker.Watch({ service: 'x' }, patient());
      watch.on('error', () => {});
      watch.once('data', reply => { watch.cancel(); resolve(reply.status); });
    });
    checker.close();
    return { whole: whole.reply.status, unknown: unknown.error.code, watched: first };
  },
  reflection: async () => {
    const asker = new reflection.ServerReflection(address, credentials);
    const call = asker.ServerReflectionInfo(patient());
    const done = drain(call);
    call.write({ list_services: '' });
    call.write({ file_containing_symbol: 'calltracking.rpc.tests.Echo.Once' });
    call.write({ file_by_filename: 'none.proto' });
    call.end();
    const { received } = await done;
    asker.close();
    return {
      services: received[0].list_services_response.service.map(service => service.name),
      named: received[1].file_descriptor_response.file_descriptor_proto[0].includes('echo.proto'),
      unknown: received[2].error_response.error_code,
    };
  },
  noCertificate: async () => {
    if (!folder) return { code: 14 };
    const bare = new echo.Echo(address, clientCredentials(folder, false));
    const { error } = await unary(bare, 'Once', {}, { options: soon(5000) });
    bare.close();
    return { code: error.code };
  },
};

(async () => {
  const report = {};
  for (const [name, play] of Object.entries(scenarios)) {
    try {
      report[name] = await play();
    } catch (error) {
      report[name] = { broken: String(error.stack || error) };
    }
  }
  console.log(JSON.stringify(report));
  process.exit(0);
})();
