#include "tests/lab/leakyrepository.h"

#include "checks/secrets/exampletemplate.h"
#include "tests/lab/handshapes.h"
#include "tests/lab/lookalikes.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QProcess>

#include <array>
#include <random>

#include <archive.h>
#include <archive_entry.h>

namespace cockpit::lab {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPool = qsizetype(4) << 20;
constexpr qsizetype kBetween = 2500; // what stands nearer to each other may explain each other

QByteArray blobIdOf(const QByteArray &bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData("blob " + QByteArray::number(bytes.size()));
    hash.addData(QByteArrayView("\0", 1));
    hash.addData(bytes);
    return hash.result().toHex();
}

// Code and prose without a meaning.
QByteArray makePool(std::mt19937 &random)
{
    static constexpr std::array words{"const",  "render", "return", "orders", "index",  "customer", "update", "list",
                                      "await",  "item",   "price",  "shop",   "import", "function", "value",  "state",
                                      "button", "label",  "the",    "of",     "and",    "page",     "column", "row",
                                      "length", "map",    "filter", "error",  "result", "invoice",  "total",  "date"};
    QByteArray pool;
    while (pool.size() < kPool) {
        const unsigned inLine = 3 + random() % 8;
        pool += QByteArray(static_cast<qsizetype>(random() % 4 * 2), ' ');
        for (unsigned i = 0; i < inLine; ++i) {
            pool += words[random() % words.size()];
            pool += " (){},;"[random() % 7];
        }
        pool += '\n';
    }
    return pool;
}

QByteArray utf16(const QByteArray &text)
{
    QByteArray wide("\xff\xfe");
    for (const char c : text) {
        wide += c;
        wide += '\0';
    }
    return wide;
}

QByteArray zipOf(const QByteArray &name, const QByteArray &text)
{
    QByteArray bytes(text.size() + 4096, '\0');
    size_t used = 0;
    archive *zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_memory(zip, bytes.data(), static_cast<size_t>(bytes.size()), &used);
    archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, name.constData());
    archive_entry_set_size(entry, text.size());
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0644);
    archive_write_header(zip, entry);
    archive_write_data(zip, text.constData(), static_cast<size_t>(text.size()));
    archive_entry_free(entry);
    archive_write_close(zip);
    archive_write_free(zip);
    return bytes.first(static_cast<qsizetype>(used));
}

QByteArray escapedAs(const QByteArray &text, const char *form)
{
    QByteArray escaped;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool isPlain = (isalnum(static_cast<unsigned char>(text[i])) != 0 && i % 5 != 0) || text[i] == '_';
        escaped += isPlain ? QByteArray(1, text[i]) : QByteArray(form) + QByteArray(1, text[i]).toHex();
    }
    return escaped;
}

// How a key is written down.
struct Wrapping
{
    const char *what;
    const char *path;
    QByteArray before;
    QByteArray text;
    QByteArray behind;
    bool isWide = false;
};

Wrapping wrapped(const QByteArray &text, unsigned how, const QByteArray &filler)
{
    constexpr unsigned plain = 0;
    switch (text.contains('\n') ? plain : how) {
    case 1:
        return {"an .env file", ".env", "NODE_ENV=production\nPORT=3000\n", text, "\n"};
    case 2:
        return {"a CI file", ".github/workflows/deploy.yml", "jobs:\n  deploy:\n    steps:\n      - run: |\n          ",
                text, "\n          npm run deploy\n"};
    case 3:
        return {"a notebook", "analysis.ipynb", R"({"cells":[{"cell_type":"code","source":["import os\n",")",
                QByteArray(text).replace('\\', "\\\\").replace('"', "\\\""), R"(\n"]}],"nbformat":4})"};
    case 4:
        return {"a minified line", "dist/bundle.js", QByteArray(filler).replace('\n', ';') + ';', text,
                ';' + QByteArray(filler).replace('\n', ';')};
    case 5:
        return {"base64", "k8s/config.yml", "data:\n  config: ", ("settings: yes\n" + text + "\n").toBase64(), "\n"};
    case 6:
        return {"an encoded address", "links.txt", "https://example.com/?q=", escapedAs(text, "%"), "&page=2\n"};
    case 7:
        return {"an escaped text", "strings.json", R"({"text":")", escapedAs(text, "\\u00"), "\"}\n"};
    case 8:
        return {"UTF-16", "settings.reg", "Windows Registry Editor\r\n\r\n", text, "\r\n", true};
    default:
        if (text.contains('\n'))
            return {"lines", "settings.txt", "# settings\n", text, "\n"};
        return {"source", "src/client.py", "def client():\n    ", text, "\n    return None\n"};
    }
}
constexpr unsigned kWrappings = 9;

// Where in history the file is.
enum class Spot { Head, Deleted, Overwritten, Merge, OldTag, Stash, Note, Reflog, Unreachable };
constexpr std::array kSpots{"at HEAD",    "deleted",   "overwritten",       "in a merge alone", "under an old tag",
                            "in a stash", "in a note", "in a reflog alone", "unreachable"};

class Maker
{
public:
    Maker(const LeakySettings &settings, const std::vector<LeakRule> &rules) : m_settings(settings), m_rules(rules) {}

    Result<LeakyRepository> make()
    {
        QDir().mkpath(m_settings.folder);
        if (auto made = git({u"init"_s, u"-q"_s, u"--bare"_s, u"-b"_s, u"main"_s, u"."_s}); !made)
            return tl::unexpected(made.error());
        for (const char *option : {"core.logAllRefUpdates=always", "gc.auto=0"}) {
            const QList<QByteArray> parts = QByteArray(option).split('=');
            if (auto set = git({u"config"_s, QString::fromLatin1(parts[0]), QString::fromLatin1(parts[1])}); !set)
                return tl::unexpected(set.error());
        }
        m_pool = makePool(m_random);
        collectExamples();
        if (auto imported = import(); !imported)
            return tl::unexpected(imported.error());
        if (auto finished = loosen(); !finished)
            return tl::unexpected(finished.error());
        return m_made;
    }

private:
    struct Example
    {
        QString rule;
        QByteArray text;
    };

    Result<QByteArray> git(const QStringList &arguments, const QByteArray &input = {}) const
    {
        QProcess process;
        prepare(process);
        process.start(u"git"_s, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(-1) || process.exitCode() != 0)
            return failure(ErrorKind::Protocol, u"git "_s + arguments.join(u' '),
                           QString::fromUtf8(process.readAllStandardError()));
        return process.readAllStandardOutput().trimmed();
    }

    void prepare(QProcess &process) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const auto &name : {u"GIT_DIR"_s, u"GIT_INDEX_FILE"_s, u"GIT_WORK_TREE"_s})
            environment.remove(name);
        for (const auto &name : {u"GIT_CONFIG_GLOBAL"_s, u"GIT_CONFIG_SYSTEM"_s})
            environment.insert(name, u"/dev/null"_s);
        for (const auto &who : {u"AUTHOR"_s, u"COMMITTER"_s}) {
            environment.insert(u"GIT_"_s + who + u"_NAME"_s, u"Ada Example"_s);
            environment.insert(u"GIT_"_s + who + u"_EMAIL"_s, u"ada@example.com"_s);
            environment.insert(u"GIT_"_s + who + u"_DATE"_s, u"1700000000 +0000"_s);
        }
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_settings.folder);
    }

    void collectExamples()
    {
        quint32 seed = 1;
        for (const LeakRule &rule : m_rules) {
            for (const QByteArray &example : rule.matching) {
                if (rule.kind == LeakKind::Secret)
                    m_examples.push_back({rule.id, expanded(example, seed++)});
            }
        }
    }

    QByteArray filler(qsizetype bytes)
    {
        bytes = std::min(bytes, kPool);
        const auto from = static_cast<qsizetype>(m_random() % static_cast<unsigned>(kPool - bytes + 1));
        const qsizetype line = m_pool.indexOf('\n', from) + 1;
        return m_pool.mid(line > from && line < kPool - bytes ? line : from, bytes) + '\n';
    }

    // A key that is known by its value, wherever it is found.
    QByteArray ownKey(const char *what)
    {
        const QByteArray value = "sk_" + expanded("live_{alnum:24}", 100'000 + static_cast<quint32>(m_ownKeys++));
        m_made.secrets.push_back({what, {}, 0, 0, value});
        return value;
    }

    void send(const QByteArray &bytes)
    {
        constexpr qint64 most = 8 << 20;
        m_import.write(bytes);
        while (m_import.bytesToWrite() > most && m_import.waitForBytesWritten(-1)) {
        }
    }

    int commit(const QByteArray &ref, int parent, const QByteArray &message, int merged = 0)
    {
        ++m_mark;
        send("commit " + ref + "\nmark :" + QByteArray::number(m_mark) + "\ncommitter Ada Example <ada@example.com> " +
             QByteArray::number(1'700'000'000 + 60 * m_mark) + " +0000\ndata " + QByteArray::number(message.size()) +
             '\n' + message + '\n');
        if (parent > 0)
            send("from :" + QByteArray::number(parent) + '\n');
        if (merged > 0)
            send("merge :" + QByteArray::number(merged) + '\n');
        return m_mark;
    }

    void file(const QByteArray &path, const QByteArray &bytes)
    {
        m_made.bytes += bytes.size();
        send("M 100644 inline " + path + "\ndata " + QByteArray::number(bytes.size()) + '\n' + bytes + '\n');
    }

    // The file with the example, and the note of where it stands.
    QByteArray leakFile(const Example &example, size_t number, Spot spot, QByteArray &path)
    {
        const unsigned how =
            (static_cast<unsigned>(number / kSpots.size() + number) + m_settings.firstWrapping) % kWrappings;
        const Wrapping how_ = wrapped(example.text, how, filler(20'000));
        const QByteArray before = "revision " + QByteArray::number(number) + '\n' + filler(kBetween) + how_.before;
        QByteArray bytes = before + how_.text + how_.behind + filler(kBetween);
        Planted planted{example.rule.toUtf8() + ", " + how_.what + ", " + kSpots[static_cast<size_t>(spot)],
                        {},
                        before.size(),
                        before.size() + how_.text.size()};
        if (how_.isWide) {
            bytes = utf16(bytes);
            planted.from = 2 * planted.from + 2;
            planted.to = 2 * planted.to + 2;
        }
        planted.blob = blobIdOf(bytes);
        m_made.secrets.push_back(planted);
        path = "app" + QByteArray::number(number) + '/' + how_.path;
        return bytes;
    }

    void plant(size_t number)
    {
        const Example &example = m_examples[number];
        const auto spot = static_cast<Spot>(number % kSpots.size());
        const QByteArray own = QByteArray::number(number);
        QByteArray path;
        const QByteArray bytes = leakFile(example, number, spot, path);
        switch (spot) {
        case Spot::Head:
            m_main = commit("refs/heads/main", m_main, "Add a client");
            file(path, bytes);
            return;
        case Spot::Deleted:
        case Spot::Overwritten:
            m_main = commit("refs/heads/main", m_main, "Add a client");
            file(path, bytes);
            m_main = commit("refs/heads/main", m_main, "Read it from the environment");
            if (spot == Spot::Deleted)
                send("D " + path + '\n');
            else
                file(path, own + filler(3000));
            return;
        case Spot::Merge: {
            const int side = commit("refs/heads/side" + own, m_main, "Work aside");
            file("side" + own + ".txt", own + filler(500));
            m_main = commit("refs/heads/main", m_main, "Merge what was aside", side);
            file(path, bytes);
            return;
        }
        case Spot::OldTag:
            commit("refs/tags/old" + own, m_main, "An old state");
            break;
        case Spot::Stash:
            commit("refs/stash", m_main, "WIP on main");
            break;
        case Spot::Note:
            commit("refs/notes/commits", m_notes, "Notes added by 'git notes add'");
            m_notes = m_mark;
            m_made.bytes += bytes.size();
            send("N inline :" + QByteArray::number(m_main) + "\ndata " + QByteArray::number(bytes.size()) + '\n' +
                 bytes + '\n');
            return;
        case Spot::Reflog:
            m_inReflog.push_back(commit("refs/heads/moved" + own, m_main, "Try something"));
            break;
        case Spot::Unreachable:
            commit("refs/heads/gone" + own, m_main, "Try something else");
            m_gone += "delete refs/heads/gone" + own + '\n';
            break;
        }
        file(path, bytes);
    }

    void plantBesideFiles()
    {
        m_main = commit("refs/heads/main", m_main, "Use " + ownKey("a commit message") + " for now");
        file("notes.txt", filler(300));
        const QByteArray text = "with " + ownKey("the message of a tag") + '\n';
        send("tag v1.0\nfrom :" + QByteArray::number(m_main) +
             "\ntagger Ada Example <ada@example.com> 1700000000 +0000\ndata " + QByteArray::number(text.size()) + '\n' +
             text);
        send("reset refs/heads/fix/" + ownKey("the name of a branch") + "\nfrom :" + QByteArray::number(m_main) +
             "\n\n");
        send("reset refs/tags/" + ownKey("the name of a tag") + "\nfrom :" + QByteArray::number(m_main) + "\n\n");
        m_main = commit("refs/heads/main", m_main, "Keep the backup");
        file("backup.zip", zipOf("shop/.env", "STRIPE=" + ownKey("a file in an archive") + '\n' + filler(500)));
    }

    // As they are, at HEAD: what matters of these is the shape.
    void plantHandShapes()
    {
        m_main = commit("refs/heads/main", m_main, "Add what people wrote");
        for (const HandShape &shape : handShapes(1)) {
            const QByteArray before = filler(kBetween) + shape.before;
            const QByteArray bytes = before + shape.secret + shape.behind + filler(kBetween);
            m_made.secrets.push_back({QByteArray("by hand, ") + shape.name, blobIdOf(bytes), before.size(),
                                      before.size() + shape.secret.size()});
            file("hand" + QByteArray::number(m_made.secrets.size()) + '/' + shape.path, bytes);
        }
        quint32 seed = 1;
        for (const HandLookAlike &like : handLookAlikes()) {
            file("alike" + QByteArray::number(seed) + '/' + like.path,
                 filler(kBetween) + expanded(like.text, seed) + '\n' + filler(kBetween));
            ++seed;
        }
    }

    void plantLookAlikes(int number)
    {
        const int from = m_settings.lookAlikes * number / m_settings.commits;
        const int to = m_settings.lookAlikes * (number + 1) / m_settings.commits;
        for (int which = from; which < to; ++which) {
            const LookAlike like = lookAlike(static_cast<quint32>(which), m_rules);
            file("plain" + QByteArray::number(which % 400) + '/' + like.path,
                 QByteArray::number(which) + '\n' + filler(kBetween) + like.text + '\n' + filler(kBetween));
            ++m_made.lookAlikes;
        }
    }

    Result<void> import()
    {
        prepare(m_import);
        m_import.start(u"git"_s,
                       {u"-c"_s, u"core.compression=1"_s, u"fast-import"_s, u"--quiet"_s, u"--export-marks=marks"_s});
        const size_t examples = m_examples.size();
        const auto commits = static_cast<size_t>(m_settings.commits);
        m_main = commit("refs/heads/main", 0, "Begin");
        file("README.md", filler(1000));
        for (size_t number = 0; number < commits; ++number) {
            for (size_t which = examples * number / commits; which < examples * (number + 1) / commits; ++which)
                plant(which);
            m_main = commit("refs/heads/main", m_main, "Change a few files");
            plantLookAlikes(static_cast<int>(number));
            const qint64 wanted = m_settings.bytes * static_cast<qint64>(number + 1) / m_settings.commits;
            for (int part = 0; m_made.bytes < wanted; ++part)
                file("src/module" + QByteArray::number(m_random() % 500) + ".ts",
                     QByteArray::number(m_random()) + filler(std::clamp<qint64>(wanted - m_made.bytes, 200, 60'000)));
        }
        plantHandShapes();
        plantBesideFiles();
        send("done\n");
        m_import.closeWriteChannel();
        if (!m_import.waitForFinished(-1) || m_import.exitCode() != 0)
            return failure(ErrorKind::Protocol, u"git fast-import"_s,
                           QString::fromUtf8(m_import.readAllStandardError()));
        return {};
    }

    QByteArray idOf(int mark) const
    {
        QFile marks(QDir(m_settings.folder).filePath(u"marks"_s));
        if (!marks.open(QIODevice::ReadOnly))
            return {};
        const QByteArray wanted = ':' + QByteArray::number(mark) + ' ';
        while (!marks.atEnd()) {
            const QByteArray line = marks.readLine();
            if (line.startsWith(wanted))
                return line.sliced(wanted.size()).trimmed();
        }
        return {};
    }

    // What git does after the commits: moves branches, forgets them, and keeps notes of that.
    Result<void> loosen()
    {
        const QByteArray main = idOf(m_main);
        QByteArray moves = m_gone;
        size_t which = 0;
        for (size_t number = 0; number < m_examples.size(); ++number) {
            if (static_cast<Spot>(number % kSpots.size()) != Spot::Reflog)
                continue;
            const QByteArray ref = "refs/heads/moved" + QByteArray::number(number);
            moves += "update " + ref + ' ' + main + ' ' + idOf(m_inReflog[which++]) + '\n';
        }
        const QString message = u"reset: with "_s + QString::fromLatin1(ownKey("the message of a reflog"));
        for (const auto &[arguments, input] : std::initializer_list<std::pair<QStringList, QByteArray>>{
                 {{u"update-ref"_s, u"--stdin"_s}, moves},
                 {{u"update-ref"_s, u"-m"_s, message, u"refs/heads/main"_s, QString::fromLatin1(main) + u"^"_s}, {}},
                 {{u"update-ref"_s, u"refs/heads/main"_s, QString::fromLatin1(main)}, {}},
                 {{u"config"_s, u"remote.origin.url"_s,
                   u"https://"_s + QString::fromLatin1(ownKey("an address in the configuration")) +
                       u"@git.example.com/shop.git"_s},
                  {}},
                 {{u"hash-object"_s, u"-w"_s, u"--stdin"_s}, "key: " + ownKey("a loose file that nothing leads to")}}) {
            if (auto done = git(arguments, input); !done)
                return tl::unexpected(done.error());
        }
        return {};
    }

    const LeakySettings &m_settings;
    const std::vector<LeakRule> &m_rules;
    std::mt19937 m_random{20260329};
    QByteArray m_pool;
    std::vector<Example> m_examples;
    LeakyRepository m_made;
    QProcess m_import;
    int m_mark = 0;
    int m_main = 0;
    int m_notes = 0;
    int m_ownKeys = 0;
    std::vector<int> m_inReflog;
    QByteArray m_gone;
};

} // namespace

Result<LeakyRepository> makeLeakyRepository(const LeakySettings &settings, const std::vector<LeakRule> &rules)
{
    return Maker(settings, rules).make();
}

} // namespace cockpit::lab
