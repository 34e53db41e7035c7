// The two dialogs of the inventory: what a person says of a secret, and the steps that replace it.
#include "tests/models/secretsamples.h"
#include "ui/secrets/keytrialdialog.h"
#include "ui/secrets/rotationdialog.h"
#include "ui/secrets/secretdialog.h"
#include "ui/widgets/dialogparts.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QComboBox>
#include <QDateEdit>
#include <QDesktopServices>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScreen>
#include <QSignalSpy>
#include <QTest>
#include <QVBoxLayout>

using namespace cockpit;
using namespace Qt::StringLiterals;

class TestSecretDialogs : public QObject
{
    Q_OBJECT

public slots:
    void takeUrl(const QUrl &url) { m_opened = url; }

private slots:
    void anUnchangedEntryStaysAsItIs_data();
    void anUnchangedEntryStaysAsItIs();
    void refusesAValue();
    void rightsAreSomebodysWord();
    void setsADayOfItsOwn();
    void whatIsNotExposedHasNoDay();
    void everythingHasAName_data();
    void everythingHasAName();
    void theStepsAreDoneInOrder();
    void nobodyDoesNothing();
    void theLastStepSaysHow();
    void theProviderCanBeAsked_data();
    void theProviderCanBeAsked();
    void offersNoTrialOfOthers();
    void noTextIsCut();
    void theButtonsStayOnTheScreen_data();
    void theButtonsStayOnTheScreen();
    void aStepIsTakenBack();
    void beginsOnceMore();
    void opensThePageOfTheService();

private:
    QUrl m_opened;
};

namespace {

SecretEntry fullEntry()
{
    SecretEntry entry = sample::exposedEntry();
    entry.exposedWhere = u"src/pay.js, line 12"_s;
    entry.rightsBy = u"Jo"_s;
    entry.rightsOn = sample::kToday.addDays(-9);
    entry.rule = u"stripe-live-secret"_s;
    return entry;
}

SecretEntry savedBy(SecretDialog &dialog)
{
    QSignalSpy edited(&dialog, &SecretDialog::edited);
    dialog.findChild<QPushButton *>(u"ok"_s)->click();
    return edited.isEmpty() ? SecretEntry() : edited.front().front().value<SecretEntry>();
}

QPushButton *stepButton(const QDialog &dialog, const QString &step)
{
    // One that is about to go still stands there until the event loop turns.
    for (auto *button : dialog.findChildren<QPushButton *>(u"stepDone-"_s + step)) {
        if (button->isVisible())
            return button;
    }
    return nullptr;
}

QString problemOf(const QDialog &dialog)
{
    return dialog.findChild<QLabel *>(u"problem"_s)->text();
}

} // namespace

void TestSecretDialogs::anUnchangedEntryStaysAsItIs_data()
{
    QTest::addColumn<SecretEntry>("entry");
    SecretEntry entry = fullEntry();
    QTest::newRow("full") << entry;
    entry.rotateEveryDays = 45; // as no choice offers it
    QTest::newRow("an interval of its own") << entry;
    entry.nextDue = sample::kToday.addDays(10);
    QTest::newRow("a day of its own") << entry;
    SecretEntry bare;
    bare.id = u"1"_s;
    bare.name = u"Bare"_s;
    QTest::newRow("bare") << bare;
    QTest::newRow("being replaced") << sample::withSteps(fullEntry(), 3);
}

void TestSecretDialogs::anUnchangedEntryStaysAsItIs()
{
    QFETCH(SecretEntry, entry);
    SecretDialog dialog(entry, u"Dana"_s, sample::kToday);
    QCOMPARE(savedBy(dialog), entry);
}

void TestSecretDialogs::refusesAValue()
{
    SecretDialog dialog(fullEntry(), {}, sample::kToday);
    dialog.show();
    dialog.findChild<QLineEdit *>(u"secretScope"_s)->setText(u"sk_"_s + u"live_"_s + u"4eC39HqLyjWDarjtT1zdp7dc"_s);
    QCOMPARE(savedBy(dialog), SecretEntry());
    QVERIFY(dialog.isVisible());
    QVERIFY(!problemOf(dialog).isEmpty());
    QVERIFY(!problemOf(dialog).contains(u"4eC39"_s));
}

void TestSecretDialogs::rightsAreSomebodysWord()
{
    SecretEntry entry = fullEntry();
    entry.rights = Rights::Unknown;
    entry.rightsBy.clear();
    entry.rightsOn = {};
    SecretDialog dialog(entry, {}, sample::kToday);
    dialog.findChild<QComboBox *>(u"secretRights"_s)->setCurrentIndex(2);
    QCOMPARE(savedBy(dialog), SecretEntry());
    QVERIFY(!problemOf(dialog).isEmpty());
    dialog.findChild<QLineEdit *>(u"secretRightsBy"_s)->setText(u"Dana"_s);
    const SecretEntry saved = savedBy(dialog);
    QCOMPARE(saved.rights, Rights::MoreThanNeeded);
    QCOMPARE(saved.rightsBy, u"Dana"_s);
    QCOMPARE(saved.rightsOn, sample::kToday);
}

void TestSecretDialogs::setsADayOfItsOwn()
{
    SecretDialog dialog(fullEntry(), {}, sample::kToday);
    dialog.show();
    auto *interval = dialog.findChild<QComboBox *>(u"secretInterval"_s);
    auto *due = dialog.findChild<QDateEdit *>(u"secretDue"_s);
    QVERIFY(!due->isVisible());
    interval->setCurrentIndex(interval->count() - 1);
    QVERIFY(due->isVisible());
    due->setDate(sample::kToday.addDays(3));
    QCOMPARE(dueOn(savedBy(dialog)), sample::kToday.addDays(3));
}

void TestSecretDialogs::whatIsNotExposedHasNoDay()
{
    SecretDialog dialog(fullEntry(), {}, sample::kToday);
    dialog.findChild<QComboBox *>(u"secretExposure"_s)->setCurrentIndex(1);
    QVERIFY(!dialog.findChild<QLineEdit *>(u"secretWhere"_s)->isEnabled());
    const SecretEntry saved = savedBy(dialog);
    QCOMPARE(saved.exposure, Exposure::No);
    QVERIFY(!saved.exposedOn.isValid());
}

void TestSecretDialogs::everythingHasAName_data()
{
    QTest::addColumn<bool>("isRotation");
    QTest::newRow("entry") << false;
    QTest::newRow("rotation") << true;
}

void TestSecretDialogs::everythingHasAName()
{
    QFETCH(bool, isRotation);
    std::unique_ptr<QDialog> dialog;
    if (isRotation)
        dialog = std::make_unique<RotationDialog>(sample::withSteps(fullEntry(), 2), u"Dana"_s, sample::kToday);
    else
        dialog = std::make_unique<SecretDialog>(fullEntry(), u"Dana"_s, sample::kToday);
    dialog->show();
    int seen = 0;
    for (const QWidget *widget : dialog->findChildren<QWidget *>()) {
        const bool isControl = qobject_cast<const QAbstractButton *>(widget) ||
                               qobject_cast<const QComboBox *>(widget) || qobject_cast<const QLineEdit *>(widget) ||
                               qobject_cast<const QDateEdit *>(widget);
        if (!isControl || widget->objectName().startsWith(u"qt_"_s) || !widget->isVisible())
            continue;
        ++seen;
        const auto *button = qobject_cast<const QAbstractButton *>(widget);
        QVERIFY2(!widget->accessibleName().isEmpty() || (button && !button->text().isEmpty()),
                 qPrintable(widget->objectName()));
    }
    QVERIFY(seen >= (isRotation ? 6 : 14));
    QVERIFY2(dialog->sizeHint().height() <= 690, qPrintable(QString::number(dialog->sizeHint().height())));
    QVERIFY2(dialog->sizeHint().width() <= 1240, qPrintable(QString::number(dialog->sizeHint().width())));
}

void TestSecretDialogs::theStepsAreDoneInOrder()
{
    RotationDialog dialog(fullEntry(), u"Dana"_s, sample::kToday);
    dialog.show();
    QSignalSpy changed(&dialog, &RotationDialog::changed);
    QVERIFY(!stepButton(dialog, u"put_in_place"_s));
    for (const QString &step : {u"made_new"_s, u"put_in_place"_s, u"deployed"_s, u"revoked_old"_s}) {
        QPushButton *button = stepButton(dialog, step);
        QVERIFY2(button, qPrintable(step));
        button->click();
    }
    QCOMPARE(changed.count(), 4);
    const auto entry = changed.back().front().value<SecretEntry>();
    QCOMPARE(entry.rotation.size(), std::size_t(4));
    QCOMPARE(entry.rotation.front().on, sample::kToday);
    QVERIFY(isOpenlyExposed(entry));
    QVERIFY(dialog.findChild<QLineEdit *>(u"rotationHow"_s)->isEnabled());
}

void TestSecretDialogs::nobodyDoesNothing()
{
    RotationDialog dialog(fullEntry(), {}, sample::kToday);
    dialog.show();
    QSignalSpy changed(&dialog, &RotationDialog::changed);
    stepButton(dialog, u"made_new"_s)->click();
    QCOMPARE(changed.count(), 0);
    QVERIFY(!problemOf(dialog).isEmpty());
}

// The key is sent once, when the person says so, and what the provider said is written down.
void TestSecretDialogs::theProviderCanBeAsked()
{
    QFETCH(KeyStanding, standing);
    QFETCH(QString, how);
    const auto sent = std::make_shared<std::atomic_int>(0);
    KeyTester tester;
    tester.request = [](const QString &rule) {
        return rule == "stripe-live-secret"_L1 ? std::optional(u"GET https://api.stripe.com/v1/balance"_s)
                                               : std::nullopt;
    };
    tester.ask = [=](const TriedKey &which, const Secret &key, const NetOptions &,
                     const CancelToken &) -> Result<KeyAnswer> {
        ++*sent;
        if (which != TriedKey{u"stripe-live-secret"_s, sample::kPrint})
            return failure(ErrorKind::NotFound, u"Another key."_s);
        if (key.reveal() != "old-key")
            return failure(ErrorKind::BadInput, u"This is no key."_s);
        return KeyAnswer{standing, u"The provider spoke."_s};
    };
    RotationDialog dialog(sample::withSteps(fullEntry(), 4), u"Dana"_s, sample::kToday);
    dialog.offerTrial(tester, {});
    dialog.show();
    dialog.findChild<QPushButton *>(u"tryOldKey"_s)->click();
    const auto *trial = dialog.findChild<KeyTrialDialog *>();
    QVERIFY(trial);
    auto *key = trial->findChild<QLineEdit *>(u"trialKey"_s);
    auto *ask = trial->findChild<QPushButton *>(u"askProvider"_s);
    QCOMPARE(key->echoMode(), QLineEdit::Password);
    QVERIFY(!ask->isEnabled()); // nothing to send
    key->setText(u"old-key"_s);
    QCOMPARE(sent->load(), 0); // not before it is asked for
    ask->click();
    QVERIFY(key->text().isEmpty());
    QTRY_COMPARE(trial->findChild<QLabel *>(u"trialAnswer"_s)->text(), u"The provider spoke."_s);
    QCOMPARE(sent->load(), 1);
    QCOMPARE(dialog.findChild<QLineEdit *>(u"rotationHow"_s)->text(), how);
}

void TestSecretDialogs::theProviderCanBeAsked_data()
{
    QTest::addColumn<KeyStanding>("standing");
    QTest::addColumn<QString>("how");
    QTest::newRow("dead") << KeyStanding::Dead << u"The provider spoke."_s;
    QTest::newRow("live") << KeyStanding::Live << QString();
    QTest::newRow("unknown") << KeyStanding::Unknown << QString();
}

// Where no harmless question is known, nothing is offered.
void TestSecretDialogs::offersNoTrialOfOthers()
{
    KeyTester tester;
    tester.request = [](const QString &) { return std::optional<QString>(); };
    tester.ask = [](const TriedKey &, const Secret &, const NetOptions &, const CancelToken &) -> Result<KeyAnswer> {
        return KeyAnswer{};
    };
    RotationDialog dialog(sample::withSteps(fullEntry(), 4), u"Dana"_s, sample::kToday);
    dialog.offerTrial(tester, {});
    QVERIFY(!dialog.findChild<QPushButton *>(u"tryOldKey"_s));
}

void TestSecretDialogs::theLastStepSaysHow()
{
    RotationDialog dialog(sample::withSteps(fullEntry(), 4), u"Dana"_s, sample::kToday);
    dialog.show();
    QSignalSpy changed(&dialog, &RotationDialog::changed);
    stepButton(dialog, u"shown_dead"_s)->click();
    QCOMPARE(changed.count(), 0);
    QVERIFY(!problemOf(dialog).isEmpty());
    dialog.findChild<QLineEdit *>(u"rotationHow"_s)->setText(u"Asked for the balance: 401"_s);
    stepButton(dialog, u"shown_dead"_s)->click();
    QCOMPARE(changed.count(), 1);
    const auto entry = changed.front().front().value<SecretEntry>();
    QVERIFY(isRotated(entry));
    QCOMPARE(entry.rotation.back().how, u"Asked for the balance: 401"_s);
    QVERIFY(problemOf(dialog).isEmpty());
}

void TestSecretDialogs::noTextIsCut()
{
    SecretEntry entry = sample::withSteps(fullEntry(), 5);
    entry.rotation.back().how = u"Asked for the balance of the account, and the provider refused it. "_s.repeated(4);
    RotationDialog dialog(entry, u"Dana"_s, sample::kToday);
    dialog.show();
    QTest::qWait(50);
    for (const auto *label : dialog.findChildren<QLabel *>()) {
        if (label->isVisible())
            QVERIFY2(label->height() >= label->heightForWidth(label->width()), qPrintable(label->text()));
    }
}

void TestSecretDialogs::theButtonsStayOnTheScreen_data()
{
    QTest::addColumn<int>("sentences");
    QTest::addColumn<bool>("isLow");
    QTest::newRow("more than the screen holds") << 200 << false;
    QTest::newRow("opened at the lower edge") << 20 << true;
}

void TestSecretDialogs::theButtonsStayOnTheScreen()
{
    QFETCH(int, sentences);
    QFETCH(bool, isLow);
    QDialog dialog;
    QVBoxLayout *column = makeDialogColumn(&dialog, u"Consent"_s, u"What is sent."_s);
    auto *about = qobject_cast<QLabel *>(column->itemAt(1)->widget());
    QVERIFY(about);
    addDialogButtons(column, &dialog, u"Agree"_s);
    const QRect room = dialog.screen()->availableGeometry();
    dialog.resize(dialog.minimumWidth(), 60);
    if (isLow)
        dialog.move(room.left(), room.bottom() - 70);
    dialog.show();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    about->setText(u"What is sent, to whom, and how often. "_s.repeated(sentences));
    QTRY_VERIFY2(dialog.height() > 250, "it has grown with its text");
    QTRY_VERIFY(dialog.frameGeometry().bottom() <= room.bottom());
    QVERIFY(dialog.frameGeometry().top() >= room.top());
}

void TestSecretDialogs::aStepIsTakenBack()
{
    RotationDialog dialog(sample::withSteps(fullEntry(), 2), u"Dana"_s, sample::kToday);
    dialog.show();
    QSignalSpy changed(&dialog, &RotationDialog::changed);
    dialog.findChild<QPushButton *>(u"undoStep"_s)->click();
    QCOMPARE(changed.front().front().value<SecretEntry>().rotation.size(), std::size_t(1));
    QVERIFY(stepButton(dialog, u"put_in_place"_s));
}

void TestSecretDialogs::beginsOnceMore()
{
    RotationDialog unfinished(sample::withSteps(fullEntry(), 4), u"Dana"_s, sample::kToday);
    unfinished.show();
    QVERIFY(!unfinished.findChild<QPushButton *>(u"rotateAgain"_s)->isVisible());
    RotationDialog dialog(sample::withSteps(fullEntry(), 5), u"Dana"_s, sample::kToday);
    dialog.show();
    QSignalSpy changed(&dialog, &RotationDialog::changed);
    dialog.findChild<QPushButton *>(u"rotateAgain"_s)->click();
    const auto entry = changed.front().front().value<SecretEntry>();
    QVERIFY(entry.rotation.empty());
    QCOMPARE(entry.deadFingerprints, QStringList{sample::kPrint});
    QVERIFY(stepButton(dialog, u"made_new"_s));
}

void TestSecretDialogs::opensThePageOfTheService()
{
    QDesktopServices::setUrlHandler(u"https"_s, this, "takeUrl");
    RotationDialog dialog(fullEntry(), u"Dana"_s, sample::kToday);
    dialog.findChild<QPushButton *>(u"openService"_s)->click();
    QDesktopServices::unsetUrlHandler(u"https"_s);
    QVERIFY(m_opened.host().endsWith(u"stripe.com"_s));
    SecretEntry unknown = fullEntry();
    unknown.rule.clear();
    unknown.service = u"Uncle Bob"_s;
    RotationDialog other(unknown, u"Dana"_s, sample::kToday);
    QVERIFY(!other.findChild<QPushButton *>(u"openService"_s));
}

QTEST_MAIN(TestSecretDialogs)
#include "tst_secretdialogs.moc"
