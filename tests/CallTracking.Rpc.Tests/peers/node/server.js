'use strict';
// usage: node server.js [FOLDER OF PEM FILES]
// Serves echo.proto on a free port and prints "listening PORT".
const { grpc, echo, status, retryInfo, serverCredentials } = require('./protocol');

const folder = process.argv[2];
const answer = request => ({ text: request.text, payload: request.payload, number: request.number });

// Null when the request asks for nothing special; otherwise the error to end with, or 'sleep'.
function behave(request) {
  switch (request.behave) {
    case 'fail': return { code: request.number, details: request.text };
    case 'fault': throw new Error('the handler is broken');
    case 'sleep': return 'sleep';
    default: return null;
  }
}

function detailed() {
  const retry = retryInfo.serialize({ retry_delay: { seconds: 1, nanos: 500000000 } });
  const bytes = status.serialize({ code: 9, message: 'not yet', details: [{ type_url: 'type.googleapis.com/google.rpc.RetryInfo', value: retry }] });
  const metadata = new grpc.Metadata();
  metadata.set('reason', 'told-so');
  metadata.set('grpc-status-details-bin', bytes);
  return { code: 9, details: 'not yet', metadata };
}

function once(call, callback) {
  const request = call.request;
  if (request.behave === 'details') return callback(detailed());
  if (request.behave === 'large') return callback(null, { payload: Buffer.alloc(request.number) });
  if (request.behave === 'deadline') return callback(null, { text: call.getDeadline() === Infinity ? 'none' : 'set' });
  const trailers = new grpc.Metadata();
  if (request.behave === 'metadata') {
    trailers.set('echo', call.metadata.get('echo')[0]);
    trailers.set('echo-bin', call.metadata.get('echo-bin')[0]);
  }
  const special = behave(request);
  if (special === 'sleep') return undefined;
  return special ? callback(special) : callback(null, answer(request), trailers);
}

function collect(call, callback) {
  const texts = [];
  call.on('data', request => {
    const special = behave(request);
    if (special && special !== 'sleep') callback(special);
    texts.push(request.text);
  });
  call.on('end', () => callback(null, { text: texts.join(','), number: texts.length }));
  call.on('error', () => {});
}

function expand(call) {
  const request = call.request;
  const count = request.behave === 'fail' ? 2 : request.number;
  for (let number = 1; number <= count; number++) call.write({ text: request.text, number, payload: request.payload });
  const special = behave(request);
  if (special === 'sleep') return;
  if (special) call.emit('error', special);
  else call.end();
}

function converse(call) {
  call.on('data', request => {
    const special = behave(request);
    if (special === 'sleep') return;
    if (special) call.emit('error', special);
    else call.write(answer(request));
  });
  call.on('end', () => call.end());
}

const server = new grpc.Server();
server.addService(echo.Echo.service, { Once: once, Collect: collect, Expand: expand, Converse: converse });
server.bindAsync('127.0.0.1:0', serverCredentials(folder), (error, port) => {
  if (error) throw error;
  console.log(`listening ${port}`);
});
