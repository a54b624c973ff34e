/** A page that trains in a worker: `train(job)` resolves to what the worker says when it is done. */
globalThis.train = (job) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => reject(new Error(message ?? "the worker cannot be started"));
    worker.postMessage(job);
  });
