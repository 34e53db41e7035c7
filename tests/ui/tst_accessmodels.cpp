// What the page of access shows, as models and as words, without the page.
#include "models/access/curlcommand.h"
#include "ui/access/actormodel.h"
#include "ui/access/matrixmodel.h"
#include "ui/access/permissionstanding.h"
#include "ui/access/requestlogmodel.h"
#include "ui/access/valuefields.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

using namespace cockpit;
using namespace Qt::StringLiterals;

namespace {

using TesterMode = QAbstractItemModelTester::FailureReportingMode;

Route route(const QString &method, const QString &path)
{
    Route route;
    route.method = method;
    route.path = path;
    return route;
}

MatrixSight sight(const QString &actor, const QString &role, Allowance wanted, std::optional<Allowance> seen,
                  int status)
{
    return {u"GET"_s, u"/api/invoices/{id}"_s, {}, actor, role, wanted, seen, status, u"It had the invoice of Beta."_s};
}

LoggedRequest request(int number)
{
    return {QDateTime::fromSecsSinceEpoch(1'800'000'000 + number),
            u"access.roles"_s,
            u"GET"_s,
            u"app.acme.example"_s,
            u"/api/%1"_s.arg(number),
            number % 2 ? u"Anna"_s : QString(),
            number % 3 ? 200 : 0,
            12,
            {}};
}

TestActor actor(const QString &id, const QString &credential)
{
    TestActor actor;
    actor.id = id;
    actor.name = u"Anna"_s;
    actor.role = u"admin"_s;
    actor.tenant = u"Acme"_s;
    actor.credential = credential;
    actor.signIn.url = u"https://app.acme.example/login"_s;
    return actor;
}

} // namespace

class TestAccessModels : public QObject
{
    Q_OBJECT

private slots:
    void standing_data();
    void standing();
    void chips_data();
    void chips();
    void theWorstAccountOfARoleCounts();
    void readsTheMatrixOfACheck();
    void namesRoutesByTheirPath();
    void editsARule();
    void confirmsAGuess();
    void looksOnly();
    void theSelectionStaysWhileResultsCome();
    void actorsSayHowTheyStand();
    void theLogIsNewestFirst();
    void theLogForgetsTheOldest();
    void asksForTheValuesOfASignIn_data();
    void asksForTheValuesOfASignIn();
    void valuesAreStoredTogether();

private:
    static void fill(MatrixModel &model, Allowance rule, const std::vector<MatrixSight> &sights);
};

void TestAccessModels::fill(MatrixModel &model, Allowance rule, const std::vector<MatrixSight> &sights)
{
    const QStringList roles{QString(), u"member"_s};
    const Route invoices = route(u"GET"_s, u"/api/invoices/{number}"_s); // a hole of another name
    const std::vector<AccessRule> rules{ruleFor(invoices, u"member"_s, rule)};
    model.setMatrix(accessMatrix({invoices, route(u"POST"_s, u"/api/invites"_s)}, rules, roles), roles,
                    MatrixSights(sights));
}

void TestAccessModels::standing_data()
{
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("shape");
    QTest::addColumn<bool>("hasAction");
    QTest::newRow("not proven") << int(PermissionState::NotProven) << int(StateShape::NotRun) << true;
    QTest::newRow("expired") << int(PermissionState::Expired) << int(StateShape::Warn) << true;
    QTest::newRow("not agreed") << int(PermissionState::NotAgreed) << int(StateShape::Warn) << true;
    QTest::newRow("another target") << int(PermissionState::OtherTarget) << int(StateShape::Warn) << true;
    QTest::newRow("stopped") << int(PermissionState::Stopped) << int(StateShape::Fail) << true;
    QTest::newRow("given") << int(PermissionState::Given) << int(StateShape::Pass) << false;
}

void TestAccessModels::standing()
{
    QFETCH(int, state);
    QFETCH(int, shape);
    QFETCH(bool, hasAction);
    Permission permission;
    permission.proof =
        ControlProof{ControlMethod::TxtRecord, u"acme.example"_s, QDateTime(QDate(2026, 11, 22), QTime(9, 0), Qt::UTC)};
    permission.agreedBy = u"Dana"_s;
    const auto said = standingOf(permission, static_cast<PermissionState>(state), u"acme.example"_s, QLocale::c());
    QCOMPARE(int(said.shape), shape);
    QCOMPARE(!said.action.isEmpty(), hasAction);
    QVERIFY(!said.title.isEmpty() && !said.note.isEmpty());
    QVERIFY((said.title + said.note).contains(u"acme.example"_s) || state == int(PermissionState::Expired));
    if (static_cast<PermissionState>(state) == PermissionState::Given) {
        for (const auto &word : {u"300"_s, u"5"_s, u"Dana"_s, u"29"_s})
            QVERIFY2(said.note.contains(word), qPrintable(said.note));
    }
}

void TestAccessModels::chips_data()
{
    QTest::addColumn<int>("rule");
    QTest::addColumn<int>("wanted");
    QTest::addColumn<int>("seen"); // -1: not known
    QTest::addColumn<int>("shape");
    QTest::addColumn<QString>("text");
    const int allowed = int(Allowance::Allowed);
    const int own = int(Allowance::OwnOnly);
    const int denied = int(Allowance::Denied);
    QTest::newRow("own as wanted") << own << own << own << int(StateShape::Pass) << u"Own only"_s;
    QTest::newRow("reaches others") << own << own << allowed << int(StateShape::Fail) << u"reaches others'"_s;
    QTest::newRow("gets in") << denied << denied << allowed << int(StateShape::Fail) << u"gets in"_s;
    QTest::newRow("refused") << allowed << allowed << denied << int(StateShape::Warn) << u"refused, 403"_s;
    QTest::newRow("not known") << own << own << -1 << int(StateShape::NotRun) << u"Own only"_s;
    QTest::newRow("rule changed") << denied << own << allowed << int(StateShape::NotRun) << u"Denied"_s;
}

void TestAccessModels::chips()
{
    QFETCH(int, rule);
    QFETCH(int, wanted);
    QFETCH(int, seen);
    QFETCH(int, shape);
    QFETCH(QString, text);
    MatrixModel model;
    const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
    const auto known = seen < 0 ? std::nullopt : std::optional(static_cast<Allowance>(seen));
    fill(model, static_cast<Allowance>(rule),
         {sight(u"Ben"_s, u"member"_s, static_cast<Allowance>(wanted), known, 403)});
    const QModelIndex cell = model.index(0, 2);
    QCOMPARE(int(cell.data(RowShapeRole).value<StateShape>()), shape);
    QCOMPARE(cell.data().toString(), text);
    const QString spoken = cell.data(Qt::AccessibleTextRole).toString();
    QVERIFY(spoken.contains(u"/api/invoices/{number}"_s) && spoken.contains(u"member"_s) && spoken.contains(u"Ben"_s));
    QCOMPARE(model.counts().seen, shape == int(StateShape::NotRun) ? 0 : 1);
    QCOMPARE(model.index(1, 2).data(RowShapeRole).value<StateShape>(), StateShape::NotRun); // another route
}

void TestAccessModels::theWorstAccountOfARoleCounts()
{
    MatrixModel model;
    fill(model, Allowance::OwnOnly,
         {sight(u"Ben"_s, u"member"_s, Allowance::OwnOnly, Allowance::OwnOnly, 404),
          sight(u"Cleo"_s, u"member"_s, Allowance::OwnOnly, Allowance::Allowed, 200),
          sight(u"Finn"_s, u"member"_s, Allowance::OwnOnly, Allowance::Denied, 403)});
    QCOMPARE(model.verdictAt(model.index(0, 2)), CellVerdict::TooMuch);
    QCOMPARE(model.sightsAt(model.index(0, 2)).size(), size_t(3));
    QCOMPARE(model.counts().against, 1);
}

// A column is narrow: what tells two routes apart comes first.
void TestAccessModels::namesRoutesByTheirPath()
{
    Route one;
    one.path = u"/api/customers"_s;
    one.host = u"api.acme.example"_s;
    Route other = one;
    MatrixModel model;
    const auto shown = [&] {
        model.setMatrix(accessMatrix({one, other}, {}, {u"member"_s}), {u"member"_s}, {});
        return model.index(0, MatrixModel::kRouteColumn).data().toString();
    };
    other.path = u"/api/notes"_s;
    QCOMPARE(shown(), u"GET /api/customers"_s);
    other.host = u"app.acme.example"_s;
    QCOMPARE(shown(), u"GET /api/customers (api.acme.example)"_s);
    QCOMPARE(model.index(0, 0).data(Qt::AccessibleTextRole).toString(), u"GET api.acme.example/api/customers"_s);
}

void TestAccessModels::readsTheMatrixOfACheck()
{
    const QJsonObject cell{{u"actor"_s, u"Ben"_s}, {u"role"_s, u"member"_s}, {u"wanted"_s, u"own_only"_s},
                           {u"seen"_s, u""_s},     {u"status"_s, 0},         {u"why"_s, u"No answer."_s}};
    const QJsonObject row{
        {u"method"_s, u"GET"_s}, {u"path"_s, u"/a/{id}"_s}, {u"host"_s, u""_s}, {u"cells"_s, QJsonArray{cell, cell}}};
    const auto sights = matrixSightsIn({{u"matrix"_s, QJsonArray{row, u"no row"_s, QJsonObject()}}});
    QCOMPARE(sights.size(), size_t(2));
    QCOMPARE(sights[0].wanted, std::optional(Allowance::OwnOnly));
    QVERIFY(!sights[0].seen);
    QCOMPARE(sights[0].why, u"No answer."_s);
    const MatrixSights found(sights);
    QCOMPARE(found.of(u"GET"_s, u"/a/{other}"_s, u"app.example"_s, u"member"_s).size(), size_t(2));
    QVERIFY(found.of(u"POST"_s, u"/a/{id}"_s, {}, u"member"_s).empty());
    QVERIFY(found.of(u"GET"_s, u"/a/{id}"_s, {}, {}).empty());
    QVERIFY(matrixSightsIn({}).empty());
}

void TestAccessModels::editsARule()
{
    MatrixModel model;
    fill(model, Allowance::OwnOnly, {});
    QList<AccessRule> rules;
    connect(&model, &MatrixModel::edited, this, [&](const AccessRule &rule) { rules << rule; });
    QVERIFY(model.flags(model.index(0, 1)).testFlag(Qt::ItemIsEditable));
    QVERIFY(!model.flags(model.index(0, 0)).testFlag(Qt::ItemIsEditable));
    QVERIFY(model.setData(model.index(0, 2), int(Allowance::Denied), Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, 0), int(Allowance::Denied), Qt::EditRole));
    QVERIFY(!model.setData(model.index(0, 2), 7, Qt::EditRole));
    QCOMPARE(rules.size(), 1);
    QCOMPARE(rules[0].role, u"member"_s);
    QCOMPARE(rules[0].allowance, Allowance::Denied);
    QVERIFY(!rules[0].isGuessed);
}

// The same value, said by a person, is no guess any more.
void TestAccessModels::confirmsAGuess()
{
    MatrixModel model;
    fill(model, Allowance::OwnOnly, {});
    QSignalSpy edited(&model, &MatrixModel::edited);
    const QModelIndex guessed = model.index(1, 2);
    QVERIFY(guessed.data(MatrixModel::GuessRole).toBool());
    QVERIFY(model.counts().guessed > 0);
    model.setData(guessed, guessed.data(Qt::EditRole), Qt::EditRole);
    QCOMPARE(edited.count(), 1);
    const QModelIndex said = model.index(0, 2);
    model.setData(said, said.data(Qt::EditRole), Qt::EditRole); // was said already
    QCOMPARE(edited.count(), 1);
}

void TestAccessModels::looksOnly()
{
    MatrixModel model;
    model.setReadOnly(true);
    fill(model, Allowance::OwnOnly, {});
    QSignalSpy edited(&model, &MatrixModel::edited);
    QVERIFY(!model.flags(model.index(0, 2)).testFlag(Qt::ItemIsEditable));
    QVERIFY(!model.setData(model.index(0, 2), int(Allowance::Denied), Qt::EditRole));
    QCOMPARE(edited.count(), 0);
}

void TestAccessModels::theSelectionStaysWhileResultsCome()
{
    MatrixModel model;
    const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
    fill(model, Allowance::OwnOnly, {});
    const QPersistentModelIndex held(model.index(0, 2));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    fill(model, Allowance::OwnOnly, {sight(u"Ben"_s, u"member"_s, Allowance::OwnOnly, Allowance::Allowed, 200)});
    QVERIFY(held.isValid());
    QCOMPARE(changed.count(), 1);
    model.setMatrix({}, {QString()}, {});
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(!held.isValid());
}

void TestAccessModels::actorsSayHowTheyStand()
{
    ActorModel model;
    const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
    model.setActors({actor(u"1"_s, u"Anna's"_s), actor(u"2"_s, u"gone"_s)}, {u"Anna's"_s});
    const auto shapeOf = [&](int row) { return model.index(row).data(RowShapeRole).value<StateShape>(); };
    QCOMPARE(shapeOf(0), StateShape::NotRun);
    QCOMPARE(shapeOf(1), StateShape::Warn); // its value is missing
    model.setStanding(u"1"_s, {StateShape::Pass, u"Signed in as anna@acme.example."_s});
    QCOMPARE(shapeOf(0), StateShape::Pass);
    const QString note = model.index(0).data(RowNoteRole).toString();
    QVERIFY2(note.contains(u"app.acme.example"_s) && note.contains(u"anna@acme.example"_s), qPrintable(note));
    QCOMPARE(model.index(0).data(RowPillRole).toString(), u"admin of Acme"_s);
    TestActor changed = actor(u"1"_s, u"Anna's"_s);
    changed.userName = u"other@acme.example"_s;
    model.setActors({changed, actor(u"2"_s, u"gone"_s)}, {u"Anna's"_s});
    QCOMPARE(shapeOf(0), StateShape::NotRun); // what was tried was another one
    model.setActors({actor(u"2"_s, u"gone"_s)}, {});
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.rowOf(u"1"_s), -1);
}

void TestAccessModels::theLogIsNewestFirst()
{
    RequestLogModel model;
    const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
    model.setRequests({request(1), request(2)});
    model.append({request(3)});
    model.append({});
    QCOMPARE(model.rowCount(), 3);
    const auto text = [&](int row, int column) { return model.index(row, column).data().toString(); };
    QCOMPARE(text(0, RequestLogModel::RequestColumn), u"GET app.acme.example/api/3"_s);
    QVERIFY(text(0, RequestLogModel::AnswerColumn).contains(u"no answer"_s));
    QVERIFY(text(1, RequestLogModel::AnswerColumn).contains(u"200"_s));
    QCOMPARE(text(1, RequestLogModel::AccountColumn), u"signed out"_s);
    QCOMPARE(text(2, RequestLogModel::AccountColumn), u"Anna"_s);
}

void TestAccessModels::theLogForgetsTheOldest()
{
    RequestLogModel model;
    std::vector<LoggedRequest> many;
    for (int i = 0; i < int(kMostLoggedRequests); ++i)
        many.push_back(request(i));
    model.setRequests(std::move(many));
    const QAbstractItemModelTester tester(&model, TesterMode::QtTest);
    model.append({request(90'001), request(90'002)});
    QCOMPARE(model.rowCount(), int(kMostLoggedRequests));
    QVERIFY(model.index(0, RequestLogModel::RequestColumn).data().toString().endsWith(u"90002"_s));
    QVERIFY(model.index(model.rowCount() - 1, RequestLogModel::RequestColumn).data().toString().endsWith(u"/api/2"_s));
}

void TestAccessModels::asksForTheValuesOfASignIn_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("header");
    QTest::addColumn<QStringList>("holes");
    const QStringList password{u"password"_s};
    QTest::newRow("form") << int(SignInKind::Form) << u"u={{user}}&p={{password}}&t={{csrf}}"_s << QString()
                          << password;
    QTest::newRow("oauth") << int(SignInKind::OAuthClient) << QString() << QString() << password;
    QTest::newRow("cookie") << int(SignInKind::Cookie) << QString() << QString() << password;
    QTest::newRow("bearer and key") << int(SignInKind::BearerToken) << QString() << u"{{apikey}}"_s
                                    << QStringList{u"password"_s, u"apikey"_s};
    QTest::newRow("json and key") << int(SignInKind::Json) << u"{\"p\":\"{{password}}\"}"_s << u"{{apikey}}"_s
                                  << QStringList{u"password"_s, u"apikey"_s};
}

void TestAccessModels::asksForTheValuesOfASignIn()
{
    QFETCH(int, kind);
    QFETCH(QString, body);
    QFETCH(QString, header);
    QFETCH(QStringList, holes);
    SignIn signIn;
    signIn.kind = static_cast<SignInKind>(kind);
    signIn.bodyTemplate = body;
    if (!header.isEmpty())
        signIn.headers = {{u"apikey"_s, header}};
    QCOMPARE(valueHolesOf(signIn), holes);
    ValueFields fields;
    fields.askFor(signIn);
    QCOMPARE(fields.findChildren<QLineEdit *>().size(), holes.size());
    QVERIFY(!fields.missing().isEmpty());
    for (auto *edit : fields.findChildren<QLineEdit *>()) {
        QCOMPARE(edit->echoMode(), QLineEdit::Password);
        QVERIFY(!edit->accessibleName().isEmpty());
        edit->setText(u"typed"_s);
    }
    QVERIFY(fields.missing().isEmpty());
    QCOMPARE(holeValuesOf(fields.takeEntry()).size(), size_t(holes.size()));
    for (const auto *edit : fields.findChildren<QLineEdit *>())
        QVERIFY(edit->text().isEmpty());
}

void TestAccessModels::valuesAreStoredTogether()
{
    SignIn signIn;
    signIn.kind = SignInKind::BearerToken;
    signIn.headers = {{u"apikey"_s, u"{{apikey}}"_s}};
    ValueFields fields;
    fields.setStored(true);
    fields.askFor(signIn);
    QVERIFY(fields.missing().isEmpty()); // what is there stays
    QVERIFY(fields.takeEntry().isEmpty());
    fields.findChild<QLineEdit *>(u"value-password"_s)->setText(u"new"_s);
    QVERIFY(!fields.missing().isEmpty()); // the other one would be lost
    fields.setRecorded({{u"apikey"_s, Secret("recorded")}});
    QVERIFY(fields.missing().isEmpty());
    const HoleValues values = holeValuesOf(fields.takeEntry());
    QCOMPARE(values.at(u"password"_s).reveal(), QByteArray("new"));
    QCOMPARE(values.at(u"apikey"_s).reveal(), QByteArray("recorded"));
}

QTEST_MAIN(TestAccessModels)
#include "tst_accessmodels.moc"
