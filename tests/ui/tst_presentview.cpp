// What an audience sees holds no secret and nobody's name, wherever in the widgets a text may stand.
#include "pagefixture.h"
#include "ui/present/audience.h"
#include "ui/present/presentview.h"

#include <QAccessible>
#include <QLabel>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

const auto kSecret = u"sk_live_51H8xkPqRzT9vWmYbNcDfGjLs"_s;

// Every text that can reach eyes or ears: shown, spoken, or popping up.
QStringList textsOf(const QWidget *root)
{
    QStringList texts;
    QList<QWidget *> widgets = root->findChildren<QWidget *>();
    widgets << const_cast<QWidget *>(root);
    for (QWidget *widget : widgets) {
        texts << widget->windowTitle() << widget->toolTip() << widget->whatsThis() << widget->statusTip();
        if (const auto *label = qobject_cast<QLabel *>(widget))
            texts << label->text();
        if (const QAccessibleInterface *reader = QAccessible::queryAccessibleInterface(widget))
            for (const auto part : {QAccessible::Name, QAccessible::Description, QAccessible::Value})
                texts << reader->text(part);
    }
    texts.removeAll(QString());
    return texts;
}

ProjectState peopleAndKeys()
{
    ProjectState project;
    project.ownership = {{u"DNS"_s, u"Registrar One"_s, u"Dana Example"_s, u"Sam"_s, {}}};
    project.credentials = {{u"Payments, live"_s, {}, {}, {}, {}}};
    Decision decision;
    decision.by = u"Zoë Ångström"_s;
    project.decisions[u"x"_s] = decision;
    Answer answer;
    answer.by = u"Li"_s;
    project.answers[u"y"_s] = answer;
    return project;
}

// Names and a key where texts of findings come from: a target or a repository may hold anything.
void writeLeakyProject(const QString &path)
{
    ProjectSettings settings{u"Acme Ops"_s, {}, QString::fromLatin1(kDefaultRoadmapId), {}};
    settings.target = {u"acme-ops.example"_s, {{HostRole::Site, u"acme-ops.example"_s, 443}}};
    Finding finding = makeFinding(u"exposure.files"_s, u"Dana left a key in the chat: %1"_s.arg(kSecret),
                                  Severity::Critical, Impact::DataExposure, 30);
    finding.whyItMatters = u"Payments, live could be read by boss@acme-ops.example and token=%1."_s.arg(kSecret);
    CheckResult result;
    result.checkId = finding.checkId;
    result.outcome = Outcome::Fail;
    result.findings = {finding};
    Run run;
    run.started = run.finished = QDateTime::currentDateTimeUtc();
    run.roadmapId = settings.roadmapId;
    run.results = {result};
    const auto store = ProjectStore::create(path, settings).value();
    QVERIFY(store->saveRun(run).has_value());
}

} // namespace

class TestPresentView : public QObject
{
    Q_OBJECT

private slots:
    void hidesNames_data();
    void hidesNames();
    void showsNothingSecret();
};

void TestPresentView::hidesNames_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("seen");
    const auto dots = u"••••••"_s;
    QTest::newRow("whole name") << u"Ask Dana Example."_s << u"Ask %1."_s.arg(dots);
    QTest::newRow("first name") << u"Ask Dana."_s << u"Ask %1."_s.arg(dots);
    QTest::newRow("small letters") << u"dana's laptop"_s << u"%1's laptop"_s.arg(dots);
    QTest::newRow("letters beyond ASCII")
        << u"for ZOË, not for Ångströms"_s << u"for %1, not for Ångströms"_s.arg(dots);
    QTest::newRow("inside another word") << u"the same sample"_s << u"the same sample"_s;
    QTest::newRow("too short to be told from a word") << u"Li stands in a list"_s << u"Li stands in a list"_s;
    QTest::newRow("name of a credential") << u"key payments, live"_s << u"key %1"_s.arg(dots);
    QTest::newRow("mail address") << u"from dana@acme-ops.example"_s << u"from %1"_s.arg(dots);
    QTest::newRow("nothing to hide") << u"A name server is silent"_s << u"A name server is silent"_s;
}

void TestPresentView::hidesNames()
{
    QFETCH(QString, text);
    QFETCH(QString, seen);
    QCOMPARE(AudienceMask(peopleAndKeys()).apply(text), seen);
    QCOMPARE(AudienceMask(ProjectState()).apply(u"Ask Dana Example."_s), u"Ask Dana Example."_s);
}

void TestPresentView::showsNothingSecret()
{
    PageFixture fixture;
    QTRY_VERIFY(fixture.isReady());
    const QString path = fixture.folder.filePath(u"leaky.cockpit"_s);
    writeLeakyProject(path);
    Session &session = *fixture.session;
    session.openProject(path, OpenMode::ReadWrite);
    QTRY_COMPARE(session.path(), path);
    session.setOwnership({{u"DNS"_s, u"Registrar One"_s, u"Dana Example"_s, {}, {}}});
    session.setCredentials({{u"Payments, live"_s, {}, u"cockpit/1"_s, {}, {}}});

    PresentView view(session);
    view.resize(1440, 900);
    view.show();
    view.start();
    const QString all = textsOf(&view).join(u'\n');
    QVERIFY2(all.contains(u"left a key in the chat"_s), qPrintable(all)); // the search finds what is there
    QVERIFY2(all.contains(u"could be read by"_s), qPrintable(all));
    for (const QString &hidden : {kSecret, kSecret.mid(12), u"Dana"_s, u"Payments, live"_s, u"boss"_s})
        QVERIFY2(!all.contains(hidden), qPrintable(all));
}

QTEST_MAIN(TestPresentView)
#include "tst_presentview.moc"
