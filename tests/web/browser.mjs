// A person at a browser with the web client. Reads one JSON object per line, {"id", "do", …}, and answers each with one,
// {"id", "value"} or {"id", "error"}.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const say = (thing) => process.stdout.write(JSON.stringify(thing) + "\n");
let browser, page;
const messages = (words) => page.locator(".Timeline_messageBody", { hasText: words });

const actions = {
    async open({ executable, url }) {
        browser = await chromium.launch({ executablePath: executable });
        page = await browser.newPage({ viewport: { width: 1280, height: 1000 }, locale: "nl-NL" });
        page.setDefaultTimeout(30_000);
        await page.goto(url);
    },
    async login({ user, password }) {
        await page.fill("#username", user);
        await page.fill("#password", password);
        await page.click("button[type=submit]");
        await page.waitForSelector(".RoomList li");
    },
    async room({ name }) {
        await page.locator(".RoomList li", { hasText: name }).first().click();
        await page.waitForSelector(".MessageComposer_input textarea");
    },
    async accept({ name }) {
        await page.locator(".RoomList li", { hasText: name }).first().click();
        await page.locator("button.primary", { hasText: "Accept" }).click();
        await page.waitForSelector(".MessageComposer_input textarea");
    },
    async prompt() {
        return await page.getAttribute(".MessageComposer_input textarea", "placeholder");
    },
    async say({ text }) {
        await page.fill(".MessageComposer_input textarea", text);
        await page.press(".MessageComposer_input textarea", "Enter");
    },
    // The last message with these words, once it is there: its text, and the elements in it.
    async sees({ words }) {
        const message = messages(words).last();
        await message.waitFor({ state: "visible" });
        await message.scrollIntoViewIfNeeded();
        const elements = await message.locator("*").evaluateAll((all) => all.map((one) => one.tagName.toLowerCase()));
        return { text: await message.innerText(), elements: [...new Set(elements)].sort() };
    },
    async screenshot({ path }) {
        await page.screenshot({ path });
    },
    async stop() {
        await browser?.close();
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
await browser?.close();
process.exit(0);
