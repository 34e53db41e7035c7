// JUnit XML, for deploy gates that show test results: a suite per family, a case per check and host, and one for each
// part that a check tells apart (models/testcells.h): a route as a role. The agreed cases of the regression suite stand
// as properties of the family that tries them, and have a suite of their own where the suite was asked for. So has what
// an earlier run left in the product (report/left.h).
#include "app/report/auditreport.h"
#include "app/report/regressioncases.h"
#include "models/testcells.h"

#include <QXmlStreamWriter>

#include <algorithm>
#include <map>

namespace cockpit {

using namespace Qt::StringLiterals;

namespace {

constexpr double kMillisecondsPerSecond = 1000.0;

struct Suite
{
    std::vector<const CheckResult *> results;
    int tests = 0;
    int failures = 0;
    int errors = 0;
    int skipped = 0;
};

// Somebody has accepted every risk that this check found: a gate has nothing to stop for.
bool isAccepted(const CheckResult &result, const AuditReport &report)
{
    return !result.findings.empty() && std::ranges::all_of(result.findings, [&](const Finding &finding) {
        return acceptanceOf(finding, report).has_value();
    });
}

// Of a part, by the finding that speaks of it; a part without one goes with the whole.
bool isAccepted(const TestCell &cell, const CheckResult &result, const AuditReport &report)
{
    if (cell.findingCode.isEmpty())
        return isAccepted(result, report);
    const auto isAbout = [&](const Finding &finding) {
        return finding.code == cell.findingCode && finding.subject == cell.findingSubject;
    };
    const auto finding = std::ranges::find_if(result.findings, isAbout);
    return finding != result.findings.end() && acceptanceOf(*finding, report).has_value();
}

void count(Outcome outcome, bool accepted, Suite &suite)
{
    ++suite.tests;
    switch (outcome) {
    case Outcome::Warn:
    case Outcome::Fail:
        ++(accepted ? suite.skipped : suite.failures);
        break;
    case Outcome::Error:
        ++suite.errors;
        break;
    case Outcome::NotRun:
    case Outcome::NotApplicable:
        ++suite.skipped;
        break;
    case Outcome::Pass:
    case Outcome::Info:
        break;
    }
}

std::map<QString, Suite> suitesOf(const AuditReport &report)
{
    std::map<QString, Suite> suites;
    for (const CheckResult &result : report.run.results) {
        Suite &suite = suites[result.checkId.section(u'.', 0, 0)];
        suite.results.push_back(&result);
        count(result.outcome, isAccepted(result, report), suite);
        for (const TestCell &cell : cellsOf(result))
            count(cell.outcome, isAccepted(cell, result, report), suite);
    }
    return suites;
}

void writeMessage(QXmlStreamWriter &xml, const QString &element, const QString &text)
{
    xml.writeStartElement(element);
    xml.writeAttribute(u"message"_s, text);
    xml.writeEndElement();
}

void writeFindings(QXmlStreamWriter &xml, const CheckResult &result, const AuditReport &report)
{
    if (result.findings.empty())
        writeMessage(xml, u"failure"_s, result.summary);
    if (isAccepted(result, report))
        writeMessage(xml, u"skipped"_s, acceptanceOf(result.findings.front(), report)->reason);
    for (const Finding &finding : result.findings) {
        if (acceptanceOf(finding, report))
            continue;
        xml.writeStartElement(u"failure"_s);
        xml.writeAttribute(u"type"_s, toWord(finding.severity));
        xml.writeAttribute(u"message"_s, finding.title);
        xml.writeCharacters(finding.whatWeSaw);
        xml.writeEndElement();
    }
}

void writeCase(QXmlStreamWriter &xml, const CheckResult &result, const AuditReport &report)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, result.checkId);
    xml.writeAttribute(u"name"_s, result.host.isEmpty() ? result.checkId : result.checkId + u' ' + result.host);
    const double seconds = static_cast<double>(result.duration.count()) / kMillisecondsPerSecond;
    xml.writeAttribute(u"time"_s, QString::number(seconds, 'f', 3));
    switch (result.outcome) {
    case Outcome::Warn:
    case Outcome::Fail:
        writeFindings(xml, result, report);
        break;
    case Outcome::Error:
        writeMessage(xml, u"error"_s, result.reason);
        break;
    case Outcome::NotRun:
    case Outcome::NotApplicable:
        writeMessage(xml, u"skipped"_s, result.reason);
        break;
    case Outcome::Pass:
    case Outcome::Info:
        break;
    }
    xml.writeEndElement();
}

void writeCell(QXmlStreamWriter &xml, const TestCell &cell, const CheckResult &result, const AuditReport &report)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, result.checkId);
    xml.writeAttribute(u"name"_s, result.host.isEmpty() ? cell.name : cell.name + u' ' + result.host);
    xml.writeAttribute(u"time"_s, u"0.000"_s); // the case of the check has the time of all
    switch (cell.outcome) {
    case Outcome::Warn:
    case Outcome::Fail:
        writeMessage(xml, isAccepted(cell, result, report) ? u"skipped"_s : u"failure"_s, cell.reason);
        break;
    case Outcome::Error:
        writeMessage(xml, u"error"_s, cell.reason);
        break;
    case Outcome::NotRun:
    case Outcome::NotApplicable:
        writeMessage(xml, u"skipped"_s, cell.reason);
        break;
    case Outcome::Pass:
    case Outcome::Info:
        break;
    }
    xml.writeEndElement();
}

void writeSuiteHead(QXmlStreamWriter &xml, const QString &name, const Suite &counts)
{
    xml.writeStartElement(u"testsuite"_s);
    xml.writeAttribute(u"name"_s, name);
    xml.writeAttribute(u"tests"_s, QString::number(counts.tests));
    xml.writeAttribute(u"failures"_s, QString::number(counts.failures));
    xml.writeAttribute(u"errors"_s, QString::number(counts.errors));
    xml.writeAttribute(u"skipped"_s, QString::number(counts.skipped));
}

// The form of the schemas that CI servers have: properties of a suite, before its cases.
void writeProperties(QXmlStreamWriter &xml, const QString &family, const std::vector<TriedCase> &cases)
{
    const auto isOfFamily = [&](const TriedCase &one) { return one.agreed.checkId.section(u'.', 0, 0) == family; };
    if (std::ranges::none_of(cases, isOfFamily))
        return;
    xml.writeStartElement(u"properties"_s);
    for (const TriedCase &one : cases) {
        if (!isOfFamily(one))
            continue;
        xml.writeStartElement(u"property"_s);
        xml.writeAttribute(u"name"_s, u"regression."_s + one.agreed.id);
        xml.writeAttribute(u"value"_s, toWord(one.end) + u": "_s + one.agreed.name);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

// Whatever does not wholly hold is no passed test.
QString elementFor(RegressionEnd end)
{
    switch (end) {
    case RegressionEnd::Holds:
        return {};
    case RegressionEnd::Fails:
        return u"failure"_s;
    case RegressionEnd::InPart:
    case RegressionEnd::NothingToTry:
    case RegressionEnd::NotTried:
    case RegressionEnd::NotApplicable:
        return u"skipped"_s;
    }
    Q_UNREACHABLE();
}

void writeRegressionSuite(QXmlStreamWriter &xml, const std::vector<TriedCase> &cases)
{
    Suite counts;
    for (const TriedCase &one : cases) {
        const QString element = elementFor(one.end);
        ++counts.tests;
        counts.failures += element == "failure"_L1 ? 1 : 0;
        counts.skipped += element == "skipped"_L1 ? 1 : 0;
    }
    writeSuiteHead(xml, u"regression-suite"_s, counts);
    for (const TriedCase &one : cases) {
        xml.writeStartElement(u"testcase"_s);
        xml.writeAttribute(u"classname"_s, u"regression-suite."_s + one.agreed.id);
        xml.writeAttribute(u"name"_s, one.agreed.name);
        xml.writeAttribute(u"time"_s, u"0.000"_s); // the case of its check has the time
        if (const QString element = elementFor(one.end); !element.isEmpty())
            writeMessage(xml, element, one.reason);
        xml.writeEndElement();
    }
    xml.writeEndElement();
}

} // namespace

QByteArray auditJunit(const AuditReport &report)
{
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeAttribute(u"name"_s, report.target.domain);
    const std::vector<TriedCase> cases = regressionCasesOf(report);
    for (const auto &[family, suite] : suitesOf(report)) {
        writeSuiteHead(xml, family, suite);
        writeProperties(xml, family, cases);
        for (const CheckResult *result : suite.results) {
            writeCase(xml, *result, report);
            for (const TestCell &cell : cellsOf(*result))
                writeCell(xml, cell, *result, report);
        }
        xml.writeEndElement();
    }
    if (isSuiteAskedFor(report))
        writeRegressionSuite(xml, cases);
    writeLeftSuite(xml, report.left);
    xml.writeEndElement();
    xml.writeEndDocument();
    return bytes;
}

} // namespace cockpit
