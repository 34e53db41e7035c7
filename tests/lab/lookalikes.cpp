#include "tests/lab/lookalikes.h"

#include "checks/secrets/exampletemplate.h"

#include <array>

namespace cockpit::lab {

namespace {

struct Form
{
    const char *path;
    const char *text;
};

constexpr std::array kForms{
    // Placeholders.
    Form{".env.example", "API_KEY=your_api_key_here"},
    Form{".env.example", "STRIPE_SECRET_KEY=sk_live_xxxxxxxxxxxxxxxxxxxxxxxx"},
    Form{".env.example", "DATABASE_URL=postgresql://user:password@localhost:5432/shop"},
    Form{".env.example", "JWT_SECRET=change-me-before-you-deploy"},
    Form{".env.example", "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"},
    Form{"config.yml", "password: \"${DB_PASSWORD}\""},
    Form{"config.yml", "token: \"{{ vault_token }}\""},
    Form{"deploy.yml", "GITHUB_TOKEN: ${{ secrets.GITHUB_TOKEN }}"},
    Form{"deploy.yml", "api_key: $API_KEY"},
    Form{"client.ts", "const apiKey = process.env.OPENAI_API_KEY;"},
    Form{"client.ts", "const secret = import.meta.env.VITE_CLIENT_SECRET ?? \"\";"},
    Form{"client.py", "token = os.environ[\"ACCESS_TOKEN\"]"},
    Form{"README.md", "curl -H \"Authorization: Bearer <token>\" https://api.example.com/v1/orders"},
    Form{"README.md", "export OPENAI_API_KEY=\"sk-...\""},
    Form{"settings.py", "SECRET_KEY = \"django-insecure-replace-me-with-a-real-secret-key-before-use\""},
    // Hashes and ids.
    Form{"SHA256SUMS", "{hex:64}  shop-{digits:2}.tar.gz"},
    Form{"CHECKSUMS", "md5: {hex:32}"},
    Form{"packed-refs", "{hex:40} refs/heads/main"},
    Form{"Dockerfile", "FROM node:20@sha256:{hex:64}"},
    Form{"build.json", "{\"commit\": \"{hex:40}\", \"digest\": \"sha256:{hex:64}\"}"},
    Form{"cache.json", "{\"etag\": \"{hex:32}\", \"cacheKey\": \"{hex:40}\"}"},
    Form{"orders.json", "{\"id\": \"{uuid}\", \"customer\": \"{uuid}\"}"},
    Form{"app.log", "INFO request_id={uuid} trace={hex:32} span={hex:16} took=12ms"},
    Form{"app.log", "DEBUG session {hex:24} token refreshed for user {digits:6}"},
    // Lock files.
    Form{"package-lock.json", "\"integrity\": \"sha512-{b64:86}==\","},
    Form{"yarn.lock", "resolved \"https://registry.example.com/tokens/-/tokens-1.0.0.tgz#{hex:40}\""},
    Form{"pnpm-lock.yaml", "resolution: {integrity: sha512-{b64:86}==}"},
    Form{"Cargo.lock", "name = \"secrecy\"\nversion = \"0.8.0\"\nchecksum = \"{hex:64}\""},
    Form{"go.sum", "example.com/auth/token v1.2.3 h1:{b64:43}="},
    Form{"composer.lock", "\"reference\": \"{hex:40}\", \"shasum\": \"\""},
    Form{"poetry.lock", "{file = \"passlib-1.7.4.tar.gz\", hash = \"sha256:{hex:64}\"},"},
    Form{"index.html", "<script src=\"app.js\" integrity=\"sha384-{b64:64}\" crossorigin></script>"},
    // Encrypted by tools that keep settings in files.
    Form{"vercel.json", "{\"type\":\"encrypted\",\"key\":\"DB_PASSWORD\",\"value\":\"eyJ2IjoidjIiLCJ{alnum:120}\"}"},
    Form{"app.yaml", "- key: DB_PASSWORD\n  value: EV[1:{alnum:32}:{alnum:44}]"},
    Form{"task.json", "{\"name\": \"DB_PASSWORD\", \"value\": \"AQICAH{alnum:150}\"}"},
    Form{"sealed.yaml", "  encryptedData:\n    password: AgBy{alnum:160}"},
    Form{".env.vault", "DB_PASSWORD=\"encrypted:B{alnum:120}\""},
    // Numbers for tests.
    Form{"payment.test.ts", "const card = \"4242 4242 4242 4242\"; const token = \"tok_visa\";"},
    Form{"seed.sql", "INSERT INTO customers VALUES ({digits:8}, '+49 30 {digits:8}', 'DE{digits:20}');"},
    Form{"user.test.ts", "expect(login({ user: \"ada\", password: \"password\" })).toBe(true);"},
    Form{"user.test.ts", "const password = \"password123\"; // of the example"},
    // Files of tools, public keys, pictures.
    Form{"id_ed25519.pub", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA{b64:48} ada@example.com"},
    Form{"server.crt", "-----BEGIN CERTIFICATE-----\nMII{b64:61}\n{b64:64}\n{b64:64}\n-----END CERTIFICATE-----"},
    Form{"public.pem", "-----BEGIN PUBLIC KEY-----\nMII{b64:61}\n{b64:64}\n-----END PUBLIC KEY-----"},
    Form{"style.css", "background: url(data:image/png;base64,iVBORw0KGgo{b64:300})"},
    Form{"icon.svg", "<path d=\"M12.{digits:4} 2.{digits:4}c-3.{digits:5} 0-5.{digits:4} 2.{digits:4}z\"/>"},
    Form{"app.js", "//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozfQ=="},
    // Code that speaks of secrets.
    Form{"login.tsx", "<input type=\"password\" name=\"password\" placeholder=\"Choose a strong password\" />"},
    Form{"types.ts", "interface Login { password: string; token: string | null; secret?: string }"},
    Form{"de.json", "{\"password\": \"Passwort vergessen?\", \"token\": \"Ihr Zugang wurde bestätigt\"}"},
    Form{"auth.ts", "const csrfToken = generateToken(session.id); const secretKey = await loadSecretKey(name);"},
    Form{"auth.ts", "setPassword(event.target.value); if (password !== confirmPassword) return passwordMismatchError;"},
    Form{"secret.yaml", "secretName: shop-database-credentials\nsecretKeyRef:\n  name: shop-secrets\n  key: api-token"},
    Form{"config.toml",
         "token_url = \"https://auth.example.com/oauth/token\"\nauth_url = \"https://auth.example.com/authorize\""},
    Form{"tokens.ts", "export const tokens = { colorPrimary: \"#0a84ff\", spacingLarge: \"24px\" };"},
    Form{"model.py", "tokenizer = AutoTokenizer.from_pretrained(\"distilbert-base-uncased-finetuned-sst-2-english\")"},
    Form{"iam.tf", "secret_arn = \"arn:aws:secretsmanager:eu-central-1:{digits:12}:secret:shop/database-AbCdEf\""},
    // Of minified libraries.
    Form{"vendor.js", "function ne(e,t){return e.token===t.token&&e.password!==void 0}var "
                      "te=\"isPasswordVisible\",re=\"accessTokenExpiresAt\";"},
    Form{"vendor.js", "e.exports={secret:\"__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED\"};"},
    Form{"vendor.js",
         "var k=\"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\",apiKeyHeader=\"X-Api-Key\";"},
    Form{"chunk.js", "{digits:5}:(e,t,n)=>{n.d(t,{apiKey:()=>r,authToken:()=>o});var r=n({digits:5}),o=n({digits:5})}"},
};

} // namespace

LookAlike lookAlike(quint32 number, const std::vector<LeakRule> &rules)
{
    std::vector<const LeakRule *> open;
    for (const LeakRule &rule : rules) {
        if (rule.kind == LeakKind::PublicByDesign)
            open.push_back(&rule);
    }
    const size_t which = number % (kForms.size() + open.size());
    if (which < kForms.size())
        return {kForms[which].path, expanded(kForms[which].text, number + 1)};
    const auto &examples = open[which - kForms.size()]->matching;
    return {"browser.js", expanded(examples[number % examples.size()], number + 1)};
}

} // namespace cockpit::lab
