// A run that reads code, its history, builds, packages, settings and logs: nothing of the keys in them is left in what
// it keeps and hands out (project, PDF, report, log), nor in its memory once the run is over.
#include "models/projectstore.h"
#include "models/roadmap.h"
#include "tests/app/heldprogram.h"
#include "tests/app/warmhome.h"
#include "tests/lab/sanitized.h"

#include <QDir>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

QByteArray outputOf(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished() && process.exitCode() == 0 ? process.readAllStandardOutput() : QByteArray();
}

// All that is packed in it, as it was before.
QByteArray unpacked(const QString &pdf)
{
    return outputOf(u"qpdf"_s, {u"--qdf"_s, u"--object-streams=disable"_s, u"--decode-level=all"_s, pdf, u"-"_s});
}

} // namespace

class TestAuditTraces : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void leavesNoneInWhatItWrites();
    void leavesNoneInItsMemory();

private:
    void plantOtherSources();
    QString project(const BuiltProgram &program) const;
    QStringList audit(const QString &project) const;

    WarmHome m_warm;
    PlantedTraces m_traces;
    GitFixture m_other{u"other"_s}; // what is not in the folder of the code
};

void TestAuditTraces::initTestCase()
{
    QVERIFY(m_warm.make());
    QVERIFY(m_traces.plant());
    plantOtherSources();
}

void TestAuditTraces::plantOtherSources()
{
    const auto key = [this](unsigned seed, const QByteArray &place) {
        return m_traces.line(seed, place).split('\'')[1];
    };
    m_other.write(u"production.env"_s, "STRIPE_KEY=" + key(70, "settings") + "\nNODE_ENV=production\n");
    m_other.write(u"staging.env"_s, "STRIPE_KEY=" + key(71, "settings") + "\nNODE_ENV=staging\n");
    m_other.write(u"dist/assets/index.js"_s, "fetch('https://api.shop.example/');" + m_traces.line(72, "a build"));
    m_other.write(u"ci.log"_s, "$ npm run build\nSTRIPE_KEY=" + key(73, "a build log") + "\nDone.\n");
    m_other.write(u"app.log"_s, "2026-03-01T10:00:00Z INFO order paid with " + key(74, "a log") + " request_id=4711\n" +
                                    "2026-03-01T10:00:01Z WARN sign-in failed user=ada@example.com\n");
    m_other.write(u"prompts.jsonl"_s, R"({"role":"user","content":"the key is )" + key(75, "a prompt") + "\"}\n");
    const GitFixture &code = m_traces.code();
    code.write(u".env"_s, "STRIPE_KEY=" + key(76, "a file of settings beside the code") + "\n");
    code.write(u".gitignore"_s, ".env\n");
    code.write(u"docker-compose.yml"_s,
               "services:\n  web:\n    environment:\n      STRIPE_KEY: " + key(77, "a compose file") + "\n");
    code.write(u".github/workflows/deploy.yml"_s,
               "on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n    env:\n      STRIPE_KEY: " +
                   key(78, "a pipeline") + "\n    steps:\n      - run: npm ci\n");
    code.write(u".gitlab-ci.yml"_s,
               "deploy:\n  script:\n    - curl -H 'X-Key: " + key(79, "a pipeline") + "' https://a.example\n");
}

QString TestAuditTraces::project(const BuiltProgram &program) const
{
    const QString path = program.path(u"acme.cockpit"_s);
    ProjectSettings settings;
    settings.target = {u"acme.example"_s, {{HostRole::Site, u"acme.example"_s}}};
    settings.roadmapId = QString::fromLatin1(kDefaultRoadmapId);
    return ProjectStore::create(path, settings) ? path : QString();
}

// Nothing answers at the address: the files alone are looked at, by all checks that read any.
QStringList TestAuditTraces::audit(const QString &project) const
{
    const QString code = m_traces.code().root();
    return {u"audit"_s,
            u"--project"_s,
            project,
            u"--connect"_s,
            u"::127.0.0.1:1"_s,
            u"--only"_s,
            u"secrets.*,access.*,deploy.*,monitor.*,ai.*,exposure.*"_s,
            u"--source"_s,
            u"code="_s + code,
            u"--source"_s,
            u"package="_s + code + u"/app.apk"_s,
            u"--source"_s,
            u"settings:production="_s + m_other.path(u"production.env"_s),
            u"--source"_s,
            u"settings:staging="_s + m_other.path(u"staging.env"_s),
            u"--source"_s,
            u"build="_s + m_other.path(u"dist"_s),
            u"--source"_s,
            u"ci-log="_s + m_other.path(u"ci.log"_s),
            u"--source"_s,
            u"log:production="_s + m_other.path(u"app.log"_s),
            u"--source"_s,
            u"prompts="_s + m_other.path(u"prompts.jsonl"_s)};
}

void TestAuditTraces::leavesNoneInWhatItWrites()
{
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    const QString file = project(program);
    const QString pdf = program.path(u"pack.pdf"_s);
    const Ended ended = program.run(audit(file) + QStringList{u"--verbose"_s, u"--format"_s, u"json"_s, u"--out"_s,
                                                              program.path(u"report.json"_s), u"--pdf"_s, pdf});
    QVERIFY2(ended.status == 1, ended.complaint.constData());
    // What was found is in all of them, masked.
    const QByteArray masked = "sk_l\u2022";
    const QByteArray text = outputOf(u"pdftotext"_s, {u"-layout"_s, pdf, u"-"_s});
    const QByteArray inside = unpacked(pdf);
    QVERIFY2(text.contains(masked), ended.complaint.constData());
    QVERIFY(inside.contains("endobj") && inside.size() > QFileInfo(pdf).size());
    QVERIFY(QDir(program.path(u".cache"_s)).removeRecursively()); // the patterns, which came from another home
    const QByteArray kept = everythingKept(program);
    QVERIFY(kept.count(masked) > 100);
    for (const char *name : {"acme.cockpit", "report.json", "pack.pdf", ".log"})
        QVERIFY2(kept.contains(name), name);
    QFile store(file);
    QVERIFY(store.open(QIODevice::ReadOnly) && store.readAll().contains(masked));
    for (const QByteArray &bytes : {text, inside, kept, ended.complaint})
        QCOMPARE(m_traces.leftIn(bytes), QByteArray());
}

// The run is over, and its report is being written.
void TestAuditTraces::leavesNoneInItsMemory()
{
    if (lab::kIsSanitized)
        QSKIP("A sanitizer keeps freed memory, and gigabytes of notes of its own.");
    const BuiltProgram program;
    QVERIFY(m_warm.copyTo(program));
    HeldProgram held(program);
    QVERIFY(held.start(audit(project(program)) + QStringList{u"--format"_s, u"json"_s, u"--verbose"_s}));
    QTRY_VERIFY2_WITH_TIMEOUT(held.isHeld(), held.complaint().constData(), 120000);
    const MemorySeen memory = memoryOf(held.processId(), m_traces, "\"launch-cockpit\"");
    QVERIFY(held.beginning().contains("\"checks\""));
    QVERIFY(memory.bytes > (1 << 20));
    QVERIFY(memory.hasKnown);
    QCOMPARE(memory.left, (QMap<QByteArray, int>()));
}

QTEST_GUILESS_MAIN(TestAuditTraces)
#include "tst_audittraces.moc"
