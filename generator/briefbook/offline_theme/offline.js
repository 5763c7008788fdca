/* Lets search work in a page that was opened as a file. Browsers give such a page no worker of its own; here a frame that
   nobody sees stands in for one. It knows of a worker what Material's search needs: messages both ways, importScripts. */
(() => {
  "use strict";

  if (location.protocol !== "file:") return;

  class FrameWorker extends EventTarget {
    constructor(address) {
      super();
      this.waiting = [];
      const frame = document.createElement("iframe");
      frame.hidden = true;
      document.body.append(frame);
      this.inside = frame.contentWindow;
      this.start(new URL(address, location).href);
    }

    start(address) {
      const { inside } = this;
      inside.postMessage = (data) => setTimeout(() => this.dispatchEvent(new MessageEvent("message", { data })));
      /* As in a worker, scripts are there one after the other; whoever asked waits for the promise. */
      inside.importScripts = (...addresses) => addresses.reduce(
        (before, one) => before.then(() => this.load(new URL(one, address).href)), Promise.resolve(),
      );
      this.load(address).then(() => {
        this.ready = true;
        this.waiting.splice(0).forEach((data) => this.postMessage(data));
      });
    }

    load(address) {
      return new Promise((done, failed) => {
        const script = this.inside.document.createElement("script");
        script.src = address;
        script.addEventListener("load", () => done());
        script.addEventListener("error", failed);
        this.inside.document.body.append(script);
      });
    }

    postMessage(data) {
      if (!this.ready) this.waiting.push(data);
      else this.inside.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.inside.frameElement.remove();
    }
  }

  window.Worker = FrameWorker;
})();
