// The page of code and files: adding, saying what each is, removing, and what is told about them.
#include "fakeproject.h"
#include "models/hostguards.h"
#include "pictures.h"
#include "ui/sources/guardcard.h"
#include "ui/sources/guardsdialog.h"
#include "ui/sources/sourcemodel.h"
#include "ui/sources/sourcescard.h"
#include "ui/sources/sourcespage.h"
#include "ui/stage/answerdialog.h"
#include "ui/stage/needpage.h"
#include "ui/widgets/banner.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

using namespace cockpit;
using namespace cockpit::testing;
using namespace Qt::StringLiterals;

namespace {

Check treeCheck()
{
    Check check;
    check.id = u"secrets.tree"_s;
    check.needs = {Need::Folder};
    check.sources = {SourceKind::Code};
    check.look = [](const Look &look) {
        Judged judged;
        judged.summary =
            u"%1 place(s), key of %2 bytes"_s.arg(look.facts.sources.size()).arg(look.facts.fingerprintKey.size());
        return judged;
    };
    return check;
}

struct Opened
{
    Opened()
    {
        project.add(treeCheck());
        GuardServices guards;
        guards.propose = [](const QString &, const QByteArrayList &) {
            return Result<std::vector<GuardProposal>>(std::vector<GuardProposal>());
        };
        guards.write = [](const GuardProposal &) -> Result<void> { return {}; };
        guards.survey = [](const QString &) { return Result<GuardSurvey>(GuardSurvey{.isOnGitHub = true}); };
        project.setGuards(guards);
        session = project.makeSession();
        session->createProject(project.path(), project.settings());
        QVERIFY(QTest::qWaitFor([this] { return session->isOpen(); }, 20000));
        page = std::make_unique<SourcesPage>(*session);
        page->show();
        page->bringUpToDate();
        table = page->findChild<QTableView *>(u"sources"_s);
        card = page->findChild<SourcesCard *>();
    }

    const std::vector<LocalSource> &sources() const { return session->project().sources; }
    QString textAt(int row, int column) const { return table->model()->index(row, column).data().toString(); }
    bool choose(int column, int value) const
    {
        return table->model()->setData(table->model()->index(0, column), value);
    }

    QTemporaryDir files;
    FakeProject project;
    std::unique_ptr<Session> session;
    std::unique_ptr<SourcesPage> page;
    QTableView *table = nullptr;
    SourcesCard *card = nullptr;
};

} // namespace

class TestSourcesPage : public QObject
{
    Q_OBJECT

private slots:
    void addsWhatIsChosen()
    {
        Opened o;
        QVERIFY(!o.table->isVisible()); // says what to do instead
        const QAbstractItemModelTester tester(o.table->model());
        o.card->addPath(o.files.path());
        QTRY_COMPARE(o.sources().size(), 1u);
        QCOMPARE(o.sources().front(), (LocalSource{SourceKind::Code, o.files.path(), {}}));
        QVERIFY(o.table->isVisible());
        QTRY_COMPARE(o.textAt(0, SourceModel::FoundColumn), u"Folder"_s);
        o.card->addPath(o.files.path()); // again
        QTRY_VERIFY(o.page->findChild<Banner *>()->isVisible());
        QCOMPARE(o.sources().size(), 1u);
    }

    void takesWhatIsDropped()
    {
        Opened o;
        const QString env = o.files.filePath(u".env.production"_s);
        QVERIFY(QFile(env).open(QIODevice::WriteOnly));
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(env), QUrl(u"https://example.com/"_s)});
        QDragEnterEvent enter(QPoint(1, 1), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QVERIFY(QCoreApplication::sendEvent(o.card, &enter));
        QVERIFY(enter.isAccepted());
        QDropEvent drop(QPointF(1, 1), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QCoreApplication::sendEvent(o.card, &drop);
        QTRY_COMPARE(o.sources().size(), 1u);
        QCOMPARE(o.sources().front(), (LocalSource{SourceKind::Settings, env, Environment::Production}));
    }

    void saysWhatEachIs()
    {
        Opened o;
        o.session->setSources({{SourceKind::Log, o.files.filePath(u"gone.log"_s), {}}});
        o.page->bringUpToDate();
        QTRY_COMPARE(o.textAt(0, SourceModel::FoundColumn), u"Not there"_s);
        QCOMPARE(o.textAt(0, SourceModel::EnvironmentColumn), u"not said"_s);
        QVERIFY(o.choose(SourceModel::KindColumn, static_cast<int>(SourceKind::CiLog)));
        QVERIFY(o.choose(SourceModel::EnvironmentColumn, static_cast<int>(Environment::Staging)));
        QCOMPARE(o.sources().front().kind, SourceKind::CiLog);
        QCOMPARE(o.sources().front().environment, Environment::Staging);
        QVERIFY(o.choose(SourceModel::EnvironmentColumn, -1));
        QVERIFY(!o.sources().front().environment);
        QVERIFY(!o.choose(SourceModel::FoundColumn, 1));
        QVERIFY(!o.table->model()->setData(o.table->model()->index(0, SourceModel::PathColumn), u" "_s));
        QVERIFY(o.page->findChild<Banner *>()->isVisible());
        QCOMPARE(o.sources().front().path, o.files.filePath(u"gone.log"_s));
    }

    void editsWithTheKeyboard()
    {
        Opened o;
        o.session->setSources({{SourceKind::Settings, u"/srv/.env"_s, {}}});
        o.page->bringUpToDate();
        o.table->setFocus();
        o.table->setCurrentIndex(o.table->model()->index(0, SourceModel::EnvironmentColumn));
        QTest::keyClick(o.table, Qt::Key_F2);
        auto *box = o.table->findChild<QComboBox *>(u"choice"_s);
        QVERIFY(box);
        QCOMPARE(box->accessibleName(), u"Environment"_s);
        box->setCurrentText(u"Production"_s);
        QTest::keyClick(box, Qt::Key_Return);
        QTRY_COMPARE(o.sources().front().environment, Environment::Production);
    }

    void removes()
    {
        Opened o;
        o.session->setSources({{SourceKind::Code, u"/a"_s, {}}, {SourceKind::Log, u"/b"_s, {}}});
        o.page->bringUpToDate();
        o.table->selectRow(0);
        o.page->findChild<QPushButton *>(u"removeSource"_s)->click();
        QCOMPARE(o.sources(), (std::vector{LocalSource{SourceKind::Log, u"/b"_s, {}}}));
        o.page->findChild<QPushButton *>(u"removeSource"_s)->click();
        QVERIFY(o.sources().empty());
        QVERIFY(!o.page->findChild<QPushButton *>(u"removeSource"_s)->isEnabled());
        QVERIFY(!o.page->findChild<QPushButton *>(u"checkSources"_s)->isEnabled());
    }

    // Asked where there is code; kept like any answer, taken back, and handed to the checks.
    void asksWhoCanReadTheCode()
    {
        Opened o;
        auto *box = o.page->findChild<QComboBox *>(u"codeAudience"_s);
        QVERIFY(!box->isVisible());
        o.session->setSources({{SourceKind::Code, u"/a"_s, {}}});
        o.page->bringUpToDate();
        QVERIFY(box->isVisible() && box->isEnabled());
        QCOMPARE(box->accessibleName(), u"Who can read the code"_s);
        QCOMPARE(box->currentIndex(), 0);
        const auto choose = [&](int index) {
            box->setCurrentIndex(index);
            emit box->activated(index);
        };
        choose(2);
        QVERIFY(codeAudienceOf(o.session->project().answers) == CodeAudience::Public);
        QVERIFY(projectFactsOf(o.session->project()).codeAudience == CodeAudience::Public);
        choose(1);
        QVERIFY(codeAudienceOf(o.session->project().answers) == CodeAudience::Team);
        choose(0);
        QVERIFY(o.session->project().answers.empty());
        QCOMPARE(box->currentIndex(), 0);
    }

    void meetsTheNeed()
    {
        Opened o;
        QVERIFY(unmetNeed(u"secrets.tree"_s, *o.session) == Need::Folder);
        QCOMPARE(pageFor(Need::Folder)->pageId, QString(pages::kSources));
        o.session->setSources({{SourceKind::Log, u"/b"_s, {}}}); // not what it reads
        QVERIFY(unmetNeed(u"secrets.tree"_s, *o.session) == Need::Folder);
        o.session->setSources({{SourceKind::Code, u"/a"_s, {}}});
        QVERIFY(!unmetNeed(u"secrets.tree"_s, *o.session));
    }

    void guardsAreShownAndWritten()
    {
        GuardProposal hook{GuardKind::PreCommit, u"/srv/.git/hooks/pre-commit"_s, {}, "#!/bin/sh\n", true};
        const GuardProposal job{GuardKind::GitHubActions, u"/srv/.github/w.yml"_s, "other: 1\n", {}, false,
                                u"Add it yourself."_s};
        const auto written = std::make_shared<std::atomic_int>(0);
        GuardServices services;
        services.propose = [=](const QString &folder, const QByteArrayList &) -> Result<std::vector<GuardProposal>> {
            if (folder == "/gone"_L1)
                return failure(ErrorKind::NotFound, u"It is not there."_s);
            GuardProposal now = hook;
            if (*written > 0)
                now.before = now.after;
            return std::vector{now, job, GuardProposal{GuardKind::GitLabCi, u"/srv/l.yml"_s, "a", "a"},
                               GuardProposal{.kind = GuardKind::GitHubRelease,
                                             .path = u"/srv/r.yml"_s,
                                             .before = "a",
                                             .after = "a",
                                             .remark = u"Switch it on."_s,
                                             .isCalled = false}};
        };
        services.survey = [](const QString &) { return Result<GuardSurvey>(GuardSurvey()); };
        services.write = [=](const GuardProposal &) -> Result<void> {
            ++*written;
            return {};
        };
        GuardsDialog dialog(services, {u"/srv"_s, u"/gone"_s}, {});
        dialog.show();
        const auto text = [&](const QString &name) { return dialog.findChild<QLabel *>(name)->text(); };
        auto *write = dialog.findChild<QPushButton *>(u"write-pre-commit"_s);
        QTRY_VERIFY(write->isVisible());
        QVERIFY(text(u"state-gitlab-ci"_s).startsWith(u"Set up"_s));
        QVERIFY(!dialog.findChild<QPushButton *>(u"write-github-actions"_s)->isVisible()); // another's file
        QCOMPARE(text(u"remark-github-actions"_s), u"Add it yourself."_s);
        QVERIFY(text(u"state-github-release"_s).contains("does not call it yet"_L1)); // there, and asleep
        QVERIFY(!dialog.findChild<QPushButton *>(u"write-github-release"_s)->isVisible());
        QCOMPARE(text(u"remark-github-release"_s), u"Switch it on."_s);
        write->click();
        QTRY_COMPARE(written->load(), 1);
        QTRY_VERIFY(text(u"state-pre-commit"_s).startsWith(u"Set up"_s));
        QVERIFY(!write->isVisible());
        dialog.findChild<QComboBox *>(u"guardFolder"_s)->setCurrentIndex(1);
        QTRY_VERIFY(dialog.findChild<Banner *>()->isVisible());
        QVERIFY(!dialog.findChild<GuardCard *>()->isVisible()); // nothing of the folder before stays
    }

    void guardsThatAreThereAreShown()
    {
        GuardServices services;
        services.propose = [](const QString &, const QByteArrayList &) {
            const GuardProposal hook{.kind = GuardKind::PreCommit,
                                     .path = u"/srv/.pre-commit-config.yaml"_s,
                                     .before = "repos: []",
                                     .remark = u"Add this to the list."_s,
                                     .join = "  - repo: local"};
            return Result<std::vector<GuardProposal>>(std::vector{hook});
        };
        services.write = [](const GuardProposal &) -> Result<void> { return {}; };
        services.survey = [](const QString &) {
            GuardSurvey survey;
            survey.guards = {{.name = u"gitleaks"_s,
                              .file = u".pre-commit-config.yaml"_s,
                              .line = 3,
                              .covers = u"keys of some 200 kinds"_s,
                              .weakness = {}}};
            survey.isOnGitHub = true;
            survey.pushProtectionCovers = u"keys of providers"_s;
            return Result<GuardSurvey>(survey);
        };
        const auto theme = themeForPictures();
        GuardsDialog dialog(services, {u"/srv"_s}, {});
        dialog.show();
        const auto says = [&](const QString &words) {
            const auto labels = dialog.findChildren<QLabel *>();
            return std::ranges::any_of(labels,
                                       [&](const QLabel *l) { return l->isVisible() && l->text().contains(words); });
        };
        QTRY_VERIFY(says(u"gitleaks in .pre-commit-config.yaml, line 3"_s));
        QVERIFY(says(u"It covers keys of some 200 kinds."_s));
        QVERIFY(says(u"Add this to the list."_s));
        QVERIFY(!dialog.findChild<QPushButton *>(u"write-pre-commit"_s)->isVisible());
        QVERIFY(says(u"nobody said so"_s) && says(u"keys of providers"_s));
        auto *ask = dialog.findChild<QPushButton *>(u"askPushProtection"_s);
        dialog.setPushProtection({}, false);
        QVERIFY(!ask->isEnabled()); // a project that is open for reading only
        dialog.setPushProtection({}, true);
        QSignalSpy asked(&dialog, &GuardsDialog::pushProtectionAsked);
        ask->click();
        QCOMPARE(asked.count(), 1);
        dialog.setPushProtection(
            Answer{.subject = pushProtectionSubject(), .by = u"Anna"_s, .answeredAt = QDateTime::currentDateTimeUtc()},
            true);
        QVERIFY(says(u"switched on, as Anna said"_s));
        QVERIFY(keepPicture(dialog, u"dialog-guards"_s));
    }

    // In the page: asked, answered, kept among the answers of the project.
    void pushProtectionIsAnswered()
    {
        Opened o;
        o.session->setSources({{SourceKind::Code, o.files.path(), {}}});
        o.page->bringUpToDate();
        o.page->findChild<QPushButton *>(u"openGuards"_s)->click();
        auto *dialog = o.page->findChild<GuardsDialog *>();
        QVERIFY(dialog);
        emit dialog->pushProtectionAsked();
        auto *answer = dialog->findChild<AnswerDialog *>();
        QVERIFY(answer);
        emit answer->answered(
            {.subject = pushProtectionSubject(), .by = u"Anna"_s, .answeredAt = QDateTime::currentDateTimeUtc()});
        const auto kept = pushProtectionAnswer(o.session->project().answers);
        QVERIFY(kept && kept->by == u"Anna"_s);
        QVERIFY(dialog->findChild<QLabel *>(u"pushProtectionState"_s)->text().contains(u"Anna"_s));
    }

    void runsWhatReadsThem()
    {
        Opened o;
        o.session->setSources({{SourceKind::Code, u"/a"_s, {}}});
        o.page->bringUpToDate();
        o.page->findChild<QPushButton *>(u"checkSources"_s)->click();
        QTRY_VERIFY(!o.session->isRunning() && o.session->project().latest.contains(u"secrets.tree"_s));
        const CheckResult &result = o.session->project().latest.at(u"secrets.tree"_s);
        QCOMPARE(result.summary, u"1 place(s), key of 0 bytes"_s); // this session has none
        QVERIFY(!o.session->project().latest.contains(QLatin1StringView(FakeProject::kPassing))); // no other ran
    }
};

QTEST_MAIN(TestSourcesPage)
#include "tst_sourcespage.moc"
