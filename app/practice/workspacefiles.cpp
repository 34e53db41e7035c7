#include "app/practice/workspace.h"

#include "checks/secrets/exampletemplate.h"

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

// The same key at each place that names the same seed.
enum Seed : quint32 {
    PaymentKey = 11,
    OldMailKey = 12,
    SigningKey = 13,
    Database = 14,
    StagingPayment = 15,
    Bearer = 16
};

constexpr auto kPackage = R"({
  "name": "acme-ops",
  "private": true,
  "scripts": { "start": "node src/server.js", "build": "vite build" },
  "dependencies": { "express": "4.19.2", "stripe": "15.5.0" }
}
)";

constexpr auto kServer = R"(import express from "express";
import Stripe from "stripe";
import { sendMail } from "./mail.js";

const stripe = new Stripe(process.env.STRIPE_SECRET_KEY);
const app = express();

app.post("/api/invoices/:id/pay", async (request, response) => {
  const session = await stripe.checkout.sessions.create({ mode: "payment" });
  await sendMail(request.body.email, session.url);
  response.json({ url: session.url });
});

app.listen(Number(process.env.PORT ?? 8080));
)";

constexpr auto kMail = R"(// Sends what customers get by mail.
export async function sendMail(to, link) {
  await fetch("https://api.resend.com/emails", {
    method: "POST",
    headers: { authorization: `Bearer ${process.env.RESEND_API_KEY}` },
    body: JSON.stringify({ from: "billing@acme-ops.example", to, html: link }),
  });
}
)";

// Before somebody moved the key into the settings: the history still has it.
constexpr auto kOldMail = R"(// Sends what customers get by mail.
const RESEND_API_KEY = "re_{alnum:8}_{alnum:24}";
export async function sendMail(to, link) {
  await fetch("https://api.resend.com/emails", {
    method: "POST",
    headers: { authorization: `Bearer ${RESEND_API_KEY}` },
    body: JSON.stringify({ from: "billing@acme-ops.example", to, html: link }),
  });
}
)";

constexpr auto kScript = R"(// One-off: refunds the invoices of last March.
const stripe = require("stripe")("sk_live_{alnum:24}");
)";

constexpr auto kExample = R"(# What the server needs.
PORT=8080
DATABASE_URL=
STRIPE_SECRET_KEY=
SESSION_SECRET=
RESEND_API_KEY=
)";

constexpr auto kWorkflow = R"(name: deploy
on:
  push:
    branches: [main]
jobs:
  deploy:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: npm ci && npm run build
      - run: npm run deploy
        env:
          DEPLOY_TOKEN: ${{ secrets.DEPLOY_TOKEN }}
)";

constexpr auto kStaging = R"(PORT=8080
DATABASE_URL=postgres://acme:{alnum:20}@db.staging.acme-ops.example/acme
STRIPE_SECRET_KEY=sk_test_{alnum:24}
RESEND_API_KEY=re_{alnum:8}_{alnum:24}
)";

constexpr auto kProduction = R"(PORT=8080
DATABASE_URL=postgres://acme:{alnum:20}@db.acme-ops.example/acme
STRIPE_SECRET_KEY=sk_live_{alnum:24}
RESEND_API_KEY=
)";

constexpr auto kBuilt =
    R"(const i="http://localhost:8080/api";async function n(t){const e=await fetch(i+t,{credentials:"include"});return e.json()}export{n as load};
)";

constexpr auto kLog = R"({"time":"2026-11-01T08:00:01Z","level":"info","msg":"listening","port":8080}
{"time":"2026-11-01T08:02:11Z","level":"info","msg":"request","method":"GET","path":"/api/customers","status":200,"headers":{"authorization":"Bearer {alnum:40}"}}
{"time":"2026-11-01T08:02:40Z","level":"info","msg":"request","method":"POST","path":"/api/login","status":401}
{"time":"2026-11-01T08:02:52Z","level":"info","msg":"request","method":"POST","path":"/api/login","status":200}
)";

QByteArray filled(const char *text, Seed seed)
{
    return expanded(text, seed);
}

// Both environments sign their sessions with the same secret.
QByteArray withSigningKey(const QByteArray &settings)
{
    return settings + expanded("SESSION_SECRET={alnum:48}\n", SigningKey);
}

} // namespace

std::vector<WorkspaceFile> firstWorkspace()
{
    return {{u"code/package.json"_s, kPackage},
            {u"code/src/server.js"_s, kServer},
            {u"code/src/mail.js"_s, filled(kOldMail, OldMailKey)},
            {u"code/scripts/refund.js"_s, filled(kScript, PaymentKey)},
            {u"code/.env.example"_s, kExample},
            {u"code/.gitignore"_s, ".env\nnode_modules/\ndist/\n"},
            {u"code/.github/workflows/deploy.yml"_s, kWorkflow}};
}

std::vector<WorkspaceFile> changedWorkspace()
{
    return {{u"code/src/mail.js"_s, kMail}};
}

std::vector<WorkspaceFile> besideWorkspace()
{
    return {{u"settings/staging.env"_s, withSigningKey(filled(kStaging, StagingPayment))},
            {u"settings/production.env"_s, withSigningKey(filled(kProduction, Database))},
            {u"dist/assets/index-Bx4f.js"_s, kBuilt},
            {u"logs/app.log"_s, filled(kLog, Bearer)}};
}

} // namespace cockpit
