#include "tests/lab/handshapes.h"

#include "checks/secrets/exampletemplate.h"

#include <iterator>

namespace cockpit::lab {

namespace {

struct Form
{
    const char *name;
    const char *path;
    const char *before;
    const char *secret; // a template
    const char *behind;
};

constexpr Form kForms[] = {
    // Addresses whose password has signs that ought to be encoded.
    {"an @ in a PostgreSQL password", ".env", "DATABASE_URL=", "postgres://app:jI{alnum:6}@{alnum:8}@db.acme.io",
     ":5432/app\n"},
    {"an @ in a MySQL password", "config.yml", "url: mysql://app:", "jI{alnum:6}@{alnum:8}", "@db.acme.io/app\n"},
    {"an @ in a MongoDB password", "db.js", "connect('mongodb+srv://app:", "{alnum:8}@{alnum:6}",
     "@c0.ab1cd.mongodb.net/x')\n"},
    {"an @ in a Redis password", ".env", "REDIS_URL=rediss://:", "{alnum:8}@{alnum:10}", "@cache.acme.io:6380\n"},
    {"an @ in the password of a site", "fetch.sh", "wget https://shop:", "{alnum:8}@{alnum:6}",
     "@files.acme.io/a.zip\n"},
    {"a slash in a database password", ".env", "DATABASE_URL=postgres://app:", "aa{alnum:6}/{alnum:6}",
     "@db.acme.io/app\n"},
    // Columns.
    {"what terraform fmt makes", "main.tf", "  username             = \"app\"\n  password             = \"",
     "{alnum:16}", "\"\n"},
    {"a column of Go", "config.go", "\tUser:              \"app\",\n\tPassword:          \"", "{alnum:16}", "\",\n"},
    {"a list of settings", "deploy.txt", "STAGE=live,DB_PASSWORD=", "{alnum:14}", ",PORT=80\n"},
    {"a column of an INI file", "shop.ini", "[db]\nhost            = db\npassword        = ", "{alnum:14}", "\n"},
    // .env
    {"Django's key without quotes", ".env",
     "SECRET_KEY=", "django-insecure-2*c+tl$w(9{lower:12}{digits:4}^&!x=k{lower:8}#", "\nDEBUG=1\n"},
    {"a key with a dollar", ".env", "API_KEY=", "{alnum:12}$7{alnum:10}", "\n"},
    {"a key with signs", ".env", "APP_SECRET_KEY=", "{alnum:8}!(%{alnum:8})#{alnum:6}", "\n"},
    {"a password with a bracket", ".env", "DB_PASSWORD=", "{alnum:8}(7{alnum:5}", "\n"},
    // Settings that begin elsewhere than behind a blank or a quote.
    {"a directive of systemd", "shop.service", "[Service]\nEnvironment=DB_PASSWORD=", "{alnum:16}", "\n"},
    {"an option with a setting", "run.sh", "docker run --env=DB_PASSWORD=", "{alnum:16}", " shop\n"},
    {"the next of a list", "deploy.sh", "gcloud run deploy --set-env-vars A=1,DB_PASSWORD=", "{alnum:16}", "\n"},
    {"a setting taken out", ".env", "#DB_PASSWORD=", "{alnum:16}", "\n"},
    {"a property of Java", "run.sh", "java -Ddb.password=", "{alnum:16}", " -jar app.jar\n"},
    {"a value of Helm", "deploy.sh", "helm install shop --set auth.password=", "{alnum:16}", " chart\n"},
    {"a variable of make", "Makefile", "DB_PASSWORD ?= ", "{alnum:16}", "\n"},
    // YAML
    {"a mapping in braces", "a.yml", "env: {POSTGRES_PASSWORD: ", "{alnum:16}", "}\n"},
    {"behind an anchor", "a.yml", "POSTGRES_PASSWORD: &pw ", "{alnum:16}", "\n"},
    {"a block of one line", "a.yml", "password: |\n  ", "{alnum:16}", "\n"},
    {"two items of arguments", "a.yml", "args:\n  - --password\n  - ", "{alnum:16}", "\n"},
    {"a variable of GitLab", ".gitlab-ci.yml", "variables:\n  DEPLOY_TOKEN:\n    value: ", "{alnum:24}", "\n"},
    // Databases
    {"words of libpq", "db.go", "dsn := \"host=db.acme.io user=app password=", "{alnum:16}", " dbname=app\"\n"},
    {"an address of Go", "db.go", "sql.Open(\"mysql\", \"app:", "{alnum:16}", "@tcp(db.acme.io:3306)/app\")\n"},
    // SQL
    {"a role of PostgreSQL", "supabase/migrations/1.sql", "CREATE ROLE app LOGIN PASSWORD '", "{alnum:16}", "';\n"},
    {"a user of MySQL", "init.sql", "CREATE USER 'app'@'%' IDENTIFIED BY '", "{alnum:16}", "';\n"},
    {"an administrator of Oracle", "init.sql", "CREATE PLUGGABLE DATABASE shop ADMIN USER app IDENTIFIED BY ",
     "k{alnum:14}", ";\n"},
    {"a user of MariaDB", "init.sql", "CREATE USER app IDENTIFIED VIA ed25519 USING PASSWORD('", "{alnum:16}", "');\n"},
    {"a role with a remark", "init.sql", "CREATE ROLE app -- reads; writes\n  LOGIN PASSWORD '", "{alnum:16}", "';\n"},
    {"a changed user", "init.sql", "ALTER USER postgres PASSWORD '", "{alnum:16}", "';\n"},
    // Commands
    {"before psql in a step", ".github/workflows/a.yml", "      - run: PGPASSWORD=", "{alnum:16}", " psql -h db\n"},
    {"behind another command", "run.sh", "cd /srv && DB_PASSWORD=", "{alnum:16}", " ./x\n"},
    {"behind then", "run.sh", "if true; then DB_PASSWORD=", "{alnum:16}", "; fi\n"},
    {"behind env", "run.sh", "env API_TOKEN=", "{alnum:24}", " ./x\n"},
    {"behind sudo", "run.sh", "sudo -E ADMIN_PASSWORD=", "{alnum:16}", " ./x\n"},
    {"a file of Windows", "run.bat", "set DB_PASSWORD=", "{alnum:16}", "\r\n"},
    {"a Dockerfile's older form", "Dockerfile", "FROM node:20\nENV API_TOKEN ", "{alnum:24}", "\n"},
    {"docker login", "push.sh", "docker login -u shop -p ", "{alnum:20}", " registry.acme.io\n"},
    {"mysql", "backup.sh", "mysql -uroot -p", "{alnum:14}", " shop\n"},
    {"sshpass", "deploy.sh", "sshpass -p ", "{alnum:16}", " ssh root@acme.io\n"},
    {"an option", "deploy.sh", "vercel deploy --token ", "{alnum:24}", " --prod\n"},
    {"an option with a sign", "deploy.sh", "vercel deploy --token=", "{alnum:24}", " --prod\n"},
    {"a password as an option", "Makefile", "\t./shop --admin-password ", "{alnum:16}", " migrate\n"},
    // Servers and deployment
    {"Redis", "redis.conf", "port 6379\nrequirepass ", "{alnum:14}", "\n"},
    {"an inventory of Ansible", "hosts", "web1.acme.io ansible_user=root ansible_become_pass=", "{alnum:14}", "\n"},
    {"a build of Android", "build.gradle", "release {\n    storePassword '", "{alnum:14}", "'\n}\n"},
    {"a variable of Terraform", "variables.tf", "variable \"db_password\" {\n  type    = string\n  default = \"",
     "{alnum:14}", "\"\n}\n"},
    {"a state of Terraform", "a.tfstate", "\"db_password\": {\n      \"value\": \"", "{alnum:16}",
     "\",\n      \"type\": \"string\"\n    }\n"},
    {"a parameter of CloudFormation", "deploy.sh", "--parameters ParameterKey=DbPassword,ParameterValue=", "{alnum:14}",
     "\n"},
    {"a header of nginx", "shop.conf", "    proxy_set_header X-Api-Key ", "{alnum:24}", ";\n"},
    {"a test of a container", "compose.yml", "test: [\"CMD\", \"mysqladmin\", \"ping\", \"-uroot\", \"-p", "{alnum:14}",
     "\"]\n"},
    // Calls
    {"a token that is signed", "auth.js", "const t = jwt.sign({ id: user.id }, '", "{alnum:24}",
     "', { expiresIn: '1h' });\n"},
    {"a token that is read", "auth.py", "jwt.decode(token, \"", "{alnum:32}", "\", algorithms=[\"HS256\"])\n"},
    {"a signature", "hook.js", "createHmac('sha256', '", "{alnum:24}", "').update(body)\n"},
    {"cookies that are signed", "app.js", "app.use(cookieParser('", "{alnum:14}", "'));\n"},
    {"a database of PHP", "db.php", "new PDO($dsn, 'root', '", "{alnum:14}", "');\n"},
    {"a sign-in of requests", "a.py", "requests.get(url, auth=(\"bob\", \"", "{alnum:14}", "\"))\n"},
    {"a script of PowerShell", "a.ps1", "ConvertTo-SecureString '", "{alnum:14}", "' -AsPlainText -Force\n"},
    {"a comparison", "login.js", "if (password === \"", "{alnum:14}", "\") {\n"},
    {"a property of C#", "Settings.cs", "public string Password { get; set; } = \"", "{alnum:14}", "\";\n"},
    {"a variable of Visual Basic", "Db.vb", "Dim password As String = \"", "{alnum:14}", "\"\n"},
    // Apps
    {"a plist", "Info.plist", "\t<key>ApiSecret</key>\n\t<string>", "{alnum:24}", "</string>\n"},
    {"a text of Android", "res/values/strings.xml", "    <string name=\"api_secret\">", "{alnum:24}", "</string>\n"},
    {"an element of XML", "settings.xml", "      <password>", "{alnum:16}", "</password>\n"},
    // Registries
    {"an npm registry's token", ".npmrc", "//npm.acme.io/:_authToken=", "{alnum:32}", "\n"},
    {"an npm registry's password", ".npmrc", "//npm.acme.io/:_password=", "{b64:19}=", "\nalways-auth=true\n"},
    // Others
    {"a chart of Helm", "values.yaml", "minio:\n  secretKey: ", "{alnum:32}", "\n"},
    {"a key that looks like a hash", "README.md",
     "Please update the values and set them:\n\n    SECRET_KEY=", "{hex:64}", "\n"},
    {".pgpass", ".pgpass", "db.acme.io:5432:shop:app:", "{alnum:16}", "\n"},
    {"pass in an INI file", "shop.ini", "[smtp]\npass = ", "{alnum:16}", "\n"},
    {"a header in a HAR file", "session.har", "{\"name\":\"Authorization\",\"value\":\"Bearer ", "{alnum:32}", "\"}\n"},
    {"a header in a printed HAR file", "session.har", "{\n  \"name\": \"Authorization\",\n  \"value\": \"Bearer ",
     "{alnum:32}", "\"\n}\n"},
    {"Clojure", "config.edn", "{:db-password \"", "{alnum:16}", "\"}\n"},
    {"a password with a blank", "config.py", "password = \"", "{alnum:9} {alnum:8}", "\"\n"},
    {"a password with a backslash", "config.py", "password = \"", "{alnum:9}\\\\{alnum:8}", "\"\n"},
    {"three quotes", "config.py", "password = \"\"\"", "{alnum:16}", "\"\"\"\n"},
    {"a token of an object in an object", "auth.js", "jwt.sign({ user: { id: u.id } }, \"", "{alnum:24}",
     "\", { expiresIn: \"1h\" })\n"},
    {"a password by a pipe", "deploy.sh", "echo ", "{alnum:20}", " | docker login -u shop --password-stdin\n"},
    {"a mailbox in code", "mail.py", "smtp.login(\"shop@acme.io\", \"", "{alnum:16}", "\")\n"},
    {"a short secret of Rails", "config/initializers/secret.rb", "config.secret_key_base = \"", "{alnum:18}", "\"\n"},
    {"a password with a dollar that code compares", "auth.js", "if (password === \"x", "{alnum:8}${alnum:6}",
     "\") {\n"},
    {"a password with a colon that code compares", "auth.js", "if (password === \"x", "{alnum:8}:q{alnum:5}",
     "\") {\n"},
    {"a property that Java puts", "Mail.java", "props.put(\"mail.smtp.password\", \"", "{alnum:14}", "\");\n"},
    {"a setting with a blank before its colon", "mail.conf", "smtp_pass : ", "{alnum:14}", "\n"},
    {"a hidden field", "form.html", "<input type=\"hidden\" name=\"api_key\" value=\"", "{alnum:24}", "\">\n"},
};

} // namespace

std::vector<HandShape> handShapes(quint32 seed)
{
    std::vector<HandShape> shapes;
    for (const Form &form : kForms) {
        const auto own = seed * static_cast<quint32>(std::size(kForms)) + static_cast<quint32>(shapes.size());
        shapes.push_back({form.name, form.path, form.before, expanded(form.secret, own), form.behind});
    }
    return shapes;
}

const std::vector<HandLookAlike> &handLookAlikes()
{
    static const std::vector<HandLookAlike> all{
        {"an address in a text", "README.md", "postgres://db.acme.io:5432/app?user=ada@acme.io"},
        {"a scope in a registry's address", "README.md", "http://localhost:8080/@shop/a@b.net"},
        {"a column of variables", "main.tf",
         "  password             = var.db_password\n  token     = local.token_of_x9"},
        {"a column of types", "types.go", "\tPassword          string `json:\"password\"`\n\tToken   string"},
        {"a variable before a command", "a.yml",
         "- run: PGPASSWORD=$PGPASSWORD psql\n- run: X_TOKEN=${{ secrets.X }} ./x"},
        {"what a command prints", "run.sh",
         "then DB_PASSWORD=$(cat /run/secrets/x9); fi\nenv API_TOKEN=\"$(token-of x1)\""},
        {"options without values", "run.sh",
         "vercel --token $VERCEL_TOKEN\n./x --password-stdin --token-file /a/b9c8d7"},
        {"options of a documentation", "README.md",
         "    --password <password>   the password\n    --token TOKEN   a token"},
        {"the port of a container", "run.sh",
         "docker run -p 127.0.0.1:8080:80 shop\nmysql -u root -p shop_production_4"},
        {"ENV of a version", "Dockerfile",
         "ENV NODE_VERSION 20.11.1-{digits:4}\nENV TOKEN_URL https://a.acme.io/{hex:8}"},
        {"a role without a password", "1.sql",
         "CREATE ROLE app LOGIN;\nALTER TABLE users ADD password text DEFAULT '{uuid}x';"},
        {"a password that psql asks for", "1.sql",
         "CREATE ROLE app LOGIN PASSWORD :'app_password';\nALTER USER a PASSWORD '$PW';"},
        {"a hash in SQL", "1.sql", "ALTER ROLE app PASSWORD 'SCRAM-SHA-256$4096:{b64:22}==${b64:43}=:{b64:43}=';"},
        {"an older hash in SQL", "1.sql", "ALTER ROLE app PASSWORD 'md5{hex:32}';"},
        {"hashes of a table", "1.sql",
         "UPDATE users SET active = true, password = '{hex:64}' WHERE id = 1;\n"
         "UPDATE users u SET u.password = '{hex:32}';"},
        {"a sentence about a user", "1.sql",
         "-- every user is identified by '{hex:8}' and a password; see 'the-table-of-names'"},
        {"a registry that refers", ".npmrc",
         "//npm.acme.io/:_authToken=${NPM_TOKEN}\n//npm.acme.io/:_password=${NPM_PASSWORD}"},
        {"labels of Android", "strings.xml",
         "<string name=\"enter_password\">Passwort</string>\n"
         "<string name=\"api_key\">@string/other_9a8b7c</string>"},
        {"names of a plist", "Info.plist", "<key>ApiSecretName</key>\n<string>{alnum:24}</string>"},
        {"a placeholder in XML", "settings.xml",
         "<password>${env.DB_PASSWORD}</password><passwordId>{uuid}</passwordId>"
         "<tokenUrl>https://a.acme.io/{hex:8}</tokenUrl>"},
        {"a header that refers", "a.har", "{\"name\":\"Authorization\",\"value\":\"Bearer {{token}}\"}"},
        {"keywords of Clojure", "a.clj", "{:password-label \"{alnum:14}\" :db-password (env :db-password)}"},
        {"texts of a form", "de.json", "{\"password\": \"Mindestens 8 Zeichen\", \"token\": \"Code (6 Ziffern)\"}"},
        {"an expression", "a.ts", "const password = \"^(?=.*\\\\d)\\\\S+$\"; const x = {password: \"\\\\w+\"}"},
        {"calls that take variables", "auth.js",
         "jwt.sign(p, process.env.JWT_SECRET)\njwt.verify(t, secret, {issuer: 'acme-9a8b7c6d'})\n"
         "cookieParser(process.env.COOKIE_SECRET)\nnew PDO($dsn, $user, $password)\n"
         "requests.get(u, auth=(user, password))"},
        {"secrets that refer", "config/application.rb",
         "config.secret_key_base = Rails.application.credentials.base\nsecret_key_base: secret_key_base,\n"
         "smtp.login(\"shop@acme.io\", \"your-password\")\nif (secret === 'urn:shop:secret:none') {"},
        {"calls with samples", "auth.js",
         "jwt.sign(p, 'your-secret-key')\njwt.sign(p, \"supersecretkey\", {})\nauth=('user', 'passw0rd')\n"
         "new PDO($dsn, 'root', 'password')\nvariable \"db_password\" { default = \"changeme-please\" }"},
        {"comparisons with words", "login.js",
         "password === \"password\"; password === \"password123\"; password == \"admin\"; password === \"\";\n"
         "token === \"identifier2name\"; token === \"NUMBER_LITERAL2\"; error.code === 'auth/wrong-password'"},
        {"servers that refer", "redis.conf",
         "requirepass ${REDIS_PASSWORD}\nweb1 ansible_password={{ vault_9a8b7c }}\n"
         "proxy_set_header X-Api-Key $http_x_api_key9;\nParameterKey=DbPassword,ParameterValue=$DB_PASSWORD9"},
        {"tables of a documentation", "README.md",
         "| password | string(8..64) | yes |\n| Token | OAuth2.0 |\n**Token:** Bearer-Token-V1\n**Password:** ${PW9}\n"
         "the password `Passw0rd` or `<your-password1>`\nPasswort: Mindestens8Zeichen\n"
         "https://example.com/?password=example123&pwd=${pw}"},
        {"passes of a test", "a.ini", "pass = true\npass = get_pass(user9x)\n"},
        {"Django's key that refers", ".env", "SECRET_KEY=${DJANGO_SECRET_KEY_OF_THE_PRODUCTION_SITE_AND_MORE}\n"},
        {"a call in place of a key", "a.py", "SECRET_KEY=load_key(a9,b8,c7,d6,e5,f4,g3,h2,i1,j0,k9,l8,m7)\n"},
    };
    return all;
}

} // namespace cockpit::lab
