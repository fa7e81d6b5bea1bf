// A person at Microsoft's playground. Reads one JSON object per line, {"id", "do", …}, and answers each with one,
// {"id", "value"} or {"id", "error"}.
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const say = (thing) => process.stdout.write(JSON.stringify(thing) + "\n");
let browser, page;
// In a channel a thread is a group; in a chat each message is told apart by the name above it.
const place = (words) => page.locator("[role=group], .ac-adaptiveCard").filter({ hasText: words }).last();

const actions = {
    // `root`: whether the browser runs as root, which its sandbox refuses.
    async open({ executable, root, url }) {
        browser = await chromium.launch({ executablePath: executable, args: root ? ["--no-sandbox"] : [] });
        page = await browser.newPage({ viewport: { width: 1400, height: 1000 }, locale: "nl-NL" });
        page.setDefaultTimeout(15_000);
        await page.goto(url);
        await page.getByRole("treeitem").first().waitFor();
    },
    async go({ name }) {
        await page.getByRole("treeitem", { name }).last().click();
        await page.getByRole("textbox").first().waitFor();
    },
    // `mention`: the name that is chosen from the list, as people do, before the text. In a channel it is a new post.
    async say({ text, mention }) {
        const box = page.getByRole("textbox").first();
        await box.click();
        if (mention) {
            await box.pressSequentially(`@${mention.slice(0, 4)}`);
            await page.getByRole("menuitem", { name: mention }).or(page.getByRole("option", { name: mention })).first().click();
        }
        await box.pressSequentially(text);
        const post = page.getByRole("button", { name: "Post", exact: true });
        await ((await post.count()) ? post : page.getByRole("button", { name: "Send Message" })).first().click();
    },
    // The last thread or message with these words, once it is there: its lines, its buttons, and the labels of its fields.
    async sees({ words }) {
        const found = place(words);
        await found.waitFor({ state: "visible" });
        await found.scrollIntoViewIfNeeded();
        const lines = (await found.innerText()).split("\n").map((line) => line.trim());
        const names = (elements) => elements.map((one) => one.ariaLabel || one.innerText || one.labels?.[0]?.innerText || "");
        return {
            lines: lines.filter(Boolean),
            buttons: (await found.getByRole("button").evaluateAll(names)).map((name) => name.trim()),
            // What a screen reader is told, in its order.
            read: await found.ariaSnapshot(),
        };
    },
    async fill({ words, text }) {
        await place(words).getByRole("textbox").first().fill(text);
    },
    async press({ words, button }) {
        await place(words).getByRole("button", { name: button, exact: true }).click();
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
