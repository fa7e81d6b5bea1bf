// A person with the crypto engine of the reference clients. Reads one JSON object per line, {"id", "do", …}, and
// answers each with one, {"id", "value"} or {"id", "error"}; tells of every message with {"heard": …} on its own.
import { createInterface } from "node:readline";
import sdk from "matrix-js-sdk";
import {
    AllDevicesIsolationMode,
    OnlySignedDevicesIsolationMode,
    VerificationPhase,
    VerificationRequestEvent,
} from "matrix-js-sdk/lib/crypto-api/index.js";
import { decryptAttachment } from "./attachment.mjs";

const say = (thing) => process.stdout.write(JSON.stringify(thing) + "\n");
const silence = () => {};
Object.assign(console, { log: silence, info: silence, debug: silence, warn: silence, error: silence });
const logger = { trace: silence, debug: silence, info: silence, warn: silence, error: silence, getChild: () => logger };
const SHIELDS = ["NONE", "GREY", "RED"];
let client;

async function told(event) {
    const found = {
        id: event.getId(),
        room: event.getRoomId(),
        sender: event.getSender(),
        type: event.getType(),
        content: event.getContent(),
        relates: event.getWireContent()["m.relates_to"] ?? null,
        encrypted: event.isEncrypted(),
        wire: event.getWireType(),
        sessionId: event.getWireContent().session_id ?? null,
        failed: event.isDecryptionFailure() ? event.decryptionFailureReason : null,
    };
    if (event.isEncrypted() && !event.isDecryptionFailure()) {
        const info = await client.getCrypto().getEncryptionInfoForEvent(event);
        found.shield = info ? SHIELDS[info.shieldColour] : "NONE";
        found.reason = info?.shieldReason ?? null;
    }
    return found;
}

const actions = {
    // A new device; with `sign`, the identity of this person is made and the device signed with it.
    async login({ url, user, password, sign }) {
        const anonymous = sdk.createClient({ baseUrl: url, logger });
        const identifier = { type: "m.id.user", user };
        const session = await anonymous.loginRequest({ type: "m.login.password", identifier, password });
        client = sdk.createClient({
            baseUrl: url,
            userId: session.user_id,
            deviceId: session.device_id,
            accessToken: session.access_token,
            logger,
        });
        await client.initRustCrypto({ useIndexedDB: false });
        const hear = async (event) => {
            if (event.isState() || (event.isEncrypted() && event.isBeingDecrypted())) return;
            if (event.getType() === "m.room.encrypted" && !event.isDecryptionFailure()) return;
            say({ heard: await told(event) });
        };
        client.on("Room.timeline", hear);
        client.on("Event.decrypted", hear);
        if (sign) {
            const authUploadDeviceSigningKeys = async (request) =>
                request({ type: "m.login.password", identifier, password });
            await client.getCrypto().bootstrapCrossSigning({ setupNewCrossSigning: true, authUploadDeviceSigningKeys });
        }
        await client.startClient({ initialSyncLimit: 50, threadSupport: false });
        await new Promise((resolve) => {
            if (client.isInitialSyncComplete()) resolve();
            client.on("sync", (state) => state === "PREPARED" && resolve());
        });
        return { device: client.getDeviceId(), token: session.access_token };
    },
    // Only to and from devices that their owner signed.
    async careful({ on }) {
        const mode = on ? new OnlySignedDevicesIsolationMode() : new AllDevicesIsolationMode(false);
        client.getCrypto().setDeviceIsolationMode(mode);
    },
    async room({ invite, name, encrypted, ...more }) {
        const encryption = { type: "m.room.encryption", state_key: "", content: { algorithm: "m.megolm.v1.aes-sha2" } };
        const initial_state = encrypted ? [encryption] : [];
        const made = await client.createRoom({ preset: "private_chat", invite, name, initial_state, ...more });
        return made.room_id;
    },
    async join({ room }) {
        await client.joinRoom(room);
    },
    async invite({ room, user }) {
        await client.invite(room, user);
    },
    async kick({ room, user }) {
        await client.kick(room, user);
    },
    // Waits until this client knows that the person is in the room: what it says before is not for them.
    async together({ room, user }) {
        for (;;) {
            if (client.getRoom(room)?.getMember(user)?.membership === "join") return;
            await new Promise((resolve) => client.once("RoomMember.membership", resolve));
        }
    },
    async say({ room, content }) {
        return (await client.sendMessage(room, { msgtype: "m.text", ...content })).event_id;
    },
    // The next thing said is under a new key.
    async rotate({ room }) {
        await client.getCrypto().forceDiscardSession(room);
    },
    async messages({ room }) {
        const { chunk } = await client.createMessagesRequest(room, null, 1000, "b");
        const events = chunk.reverse().map(client.getEventMapper({ decrypt: false }));
        await Promise.all(events.map((event) => client.decryptEventIfNeeded(event)));
        return await Promise.all(events.filter((event) => !event.isState()).map(told));
    },
    async trust({ user, device }) {
        const crypto = client.getCrypto();
        await crypto.getUserDeviceInfo([user], true);
        const person = await crypto.getUserVerificationStatus(user);
        const found = await crypto.getDeviceVerificationStatus(user, device);
        return {
            known: person.known,
            verified: person.isVerified(),
            changed: person.needsUserApproval,
            signed: found?.signedByOwner ?? null,
        };
    },
    // Asks to compare emoji, in a room or with `device` from device to device, and waits until that has come to nothing.
    async verification({ user, room, device }) {
        const crypto = client.getCrypto();
        const request = device
            ? await crypto.requestDeviceVerification(user, device)
            : await crypto.requestVerificationDM(user, room);
        while (request.phase !== VerificationPhase.Cancelled) {
            await new Promise((resolve) => request.once(VerificationRequestEvent.Change, resolve));
        }
        return request.cancellationCode;
    },
    async file({ content }) {
        const url = client.mxcUrlToHttp(content.file.url, undefined, undefined, undefined, false, true, true);
        const answer = await fetch(url, { headers: { Authorization: `Bearer ${client.getAccessToken()}` } });
        return Buffer.from(await decryptAttachment(await answer.arrayBuffer(), content.file)).toString("base64");
    },
    async logout() {
        await client.logout(true);
    },
    async stop() {
        client?.stopClient();
        setImmediate(() => process.exit(0));
    },
};

for await (const line of createInterface({ input: process.stdin })) {
    const { id, do: name, ...given } = JSON.parse(line);
    actions[name](given).then(
        (value) => say({ id, value: value ?? null }),
        (error) => say({ id, error: String(error?.message ?? error) }),
    );
}
process.exit(0);
