'use strict';

// Preload (`node --require`) for servers that have no option for the address they listen on: whatever the program
// asks for, its TCP servers listen on 127.0.0.1. Pipes, file descriptors and handles are left alone.

const net = require('node:net');

const LOOPBACK = '127.0.0.1';
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function listenOnLoopback(...args) {
  const callback = typeof args.at(-1) === 'function' ? [args.at(-1)] : [];
  const [first, second, third] = callback.length > 0 ? args.slice(0, -1) : args;

  if (first === undefined || first === null) {
    return listen.call(this, { port: 0, host: LOOPBACK }, ...callback);
  }
  if (typeof first === 'object') {
    const isTcp = 'port' in first && !('path' in first || 'fd' in first || '_handle' in first);
    return isTcp ? listen.call(this, { ...first, host: LOOPBACK }, ...callback) : listen.apply(this, args);
  }
  if (typeof first === 'string' && !(Number(first) >= 0)) {
    return listen.apply(this, args); // a pipe
  }
  const backlog = [second, third].find((value) => typeof value === 'number');
  return listen.call(this, { port: first, host: LOOPBACK, backlog }, ...callback);
};
