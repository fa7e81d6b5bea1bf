// The whole of Hydrogen, put together from its SDK: log in, rooms, messages. `config.json` names the homeserver.
import { createNavigation, createRouter, FeatureSet, Platform, RootViewModel } from "hydrogen-view-sdk";
import "hydrogen-view-sdk/theme-element-light.css";

const platform = new Platform({
    container: document.body,
    configURL: "config.json",
    assetPaths: {
        downloadSandbox: "download-sandbox.html",
        worker: "worker.js",
        olm: { wasm: "olm.wasm", legacyBundle: "olm_legacy.js", wasmBundle: "olm.js" },
        serviceWorker: "sw.js",
    },
});
await platform.init();
const navigation = createNavigation();
platform.setNavigation(navigation);
const urlRouter = createRouter({ navigation, history: platform.history });
urlRouter.attach();
const features = await FeatureSet.load(platform.settingsStorage);
const model = new RootViewModel({ platform, urlRouter, urlCreator: urlRouter, navigation, features });
await model.load();
platform.createAndMountRootView(model);
