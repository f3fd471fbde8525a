// A real SMTP server that does what the tests tell it. Options as JSON in the first argument; afterwards each line on standard
// input is a plan for one of the next mails: { "at": "connect" | "mail" | "third mail" | "rcpt" | "data", "code": 451, "text": "...", "drop": false },
// "rcpt" also for one address: "to": "...".
// Each line on standard output is an event as JSON.
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { SMTPServer } from 'smtp-server';

const options = JSON.parse(process.argv[2] ?? '{}');
const plans = [];
const tell = event => process.stdout.write(JSON.stringify(event) + '\n');

function planned(stage, session, to) {
  if (plans[0]?.at !== stage || (plans[0].to && plans[0].to !== to)) return null;
  const plan = plans.shift();
  tell({ event: 'planned', at: stage });
  if (plan.drop) {
    for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
    return undefined;
  }
  return Object.assign(new Error(plan.text ?? 'refused by plan'), { responseCode: plan.code });
}

// undefined = the connection is gone and there is nobody to answer.
function answer(stage, session, callback, good, to) {
  const problem = planned(stage, session, to);
  if (problem === null) callback(null, good);
  else if (problem) callback(problem);
}

const server = new SMTPServer({
  secure: options.secure ?? false,
  key: options.key && readFileSync(options.key),
  cert: options.cert && readFileSync(options.cert),
  hideSTARTTLS: !options.cert,
  disabledCommands: [...(options.cert ? [] : ['STARTTLS']), ...(options.password ? [] : ['AUTH'])],
  authOptional: !options.password,
  disableReverseLookup: true,
  logger: false,
  onConnect(session, callback) {
    tell({ event: 'connected' });
    answer('connect', session, callback);
  },
  onAuth(auth, session, callback) {
    const good = auth.username === options.user && auth.password === options.password;
    tell({ event: 'auth', good });
    if (good) callback(null, { user: auth.username });
    else callback(Object.assign(new Error('wrong password'), { responseCode: 535 }));
  },
  onMailFrom(address, session, callback) {
    // Sessions count their transactions from 1.
    answer(session.transaction === 3 && plans[0]?.at === 'third mail' ? 'third mail' : 'mail', session, callback);
  },
  onRcptTo: (address, session, callback) => answer('rcpt', session, callback, undefined, address.address),
  onData(stream, session, callback) {
    const parts = [];
    stream.on('data', part => parts.push(part));
    stream.on('end', () => {
      const problem = planned('data', session);
      if (problem) return callback(problem);
      tell({
        event: 'mail',
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map(r => r.address),
        secure: session.secure,
        user: session.user ?? null,
        session: session.id,
        content: Buffer.concat(parts).toString('base64'),
      });
      if (problem === undefined) return; // taken, and the sender never learns it
      callback(null, 'taken');
    });
  },
});

server.on('error', problem => tell({ event: 'error', message: problem.message }));
createInterface({ input: process.stdin })
  .on('line', line => {
    const plan = JSON.parse(line);
    if (plan.clear) plans.length = 0;
    else plans.push(plan);
    tell({ event: 'plan' });
  })
  .on('close', () => process.exit(0));
server.listen(options.port ?? 0, '127.0.0.1', () => tell({ event: 'listening', port: server.server.address().port }));
