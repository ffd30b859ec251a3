'use strict';
// What the client and the server of this peer share: the messages, and credentials from a folder of PEM files.
const fs = require('fs');
const path = require('path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const here = path.resolve(__dirname, '..');
const standard = path.resolve(here, '../../../src/CallTracking.Rpc/Protos');
const options = { keepCase: true, longs: Number, enums: Number, defaults: true, includeDirs: [here, standard] };
const files = ['echo.proto', 'grpc/health/v1/health.proto', 'grpc/reflection/v1/reflection.proto', 'google/rpc/status.proto'];
const packages = grpc.loadPackageDefinition(loader.loadSync(files, options));

function pem(folder, name) {
  return fs.readFileSync(path.join(folder, name));
}

module.exports = {
  grpc,
  echo: packages.calltracking.rpc.tests,
  health: packages.grpc.health.v1,
  reflection: packages.grpc.reflection.v1,
  status: packages.google.rpc.Status,
  retryInfo: packages.google.rpc.RetryInfo,
  clientCredentials: (folder, withCertificate = true) => {
    if (!folder) return grpc.credentials.createInsecure();
    return withCertificate
      ? grpc.credentials.createSsl(pem(folder, 'root.pem'), pem(folder, 'client.key'), pem(folder, 'client.pem'))
      : grpc.credentials.createSsl(pem(folder, 'root.pem'));
  },
  serverCredentials: folder => folder
    ? grpc.ServerCredentials.createSsl(
      pem(folder, 'root.pem'), [{ private_key: pem(folder, 'server.key'), cert_chain: pem(folder, 'server.pem') }], true)
    : grpc.ServerCredentials.createInsecure(),
};
