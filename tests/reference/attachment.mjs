// What an encrypted file holds, by the specification and nothing of ours: AES-CTR, after its SHA-256 was checked.
export async function decryptAttachment(ciphertext, { key, iv, hashes }) {
    const digest = Buffer.from(await crypto.subtle.digest("SHA-256", ciphertext)).toString("base64").replace(/=+$/, "");
    if (digest !== hashes.sha256.replace(/=+$/, "")) throw new Error("the hash is wrong");
    const imported = await crypto.subtle.importKey("jwk", key, { name: "AES-CTR" }, false, ["decrypt"]);
    const counter = Buffer.from(iv, "base64");
    return crypto.subtle.decrypt({ name: "AES-CTR", counter, length: 64 }, imported, ciphertext);
}
