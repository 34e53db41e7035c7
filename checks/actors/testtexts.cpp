#include "checks/actors/testtexts.h"

#include "checks/actors/routeaddress.h"
#include "checks/engine/check.h"
#include "models/access/routesample.h"
#include "models/routes/pathtemplate.h"

#include <algorithm>

namespace cockpit {

namespace {

bool isWritten(const RouteSample &sample, const std::vector<Route> &routes)
{
    return std::ranges::any_of(routes, [&](const Route &route) {
        return route.method == sample.method && route.host == sample.host && maySafelyWrite(route) &&
               shapeOf(route.path) == shapeOf(sample.path);
    });
}

// "memo=Rye+loaf&lines=2": each field as it was typed.
QByteArray decodedForm(const QByteArray &body)
{
    QByteArray texts;
    for (const QByteArray &field : body.split('&'))
        texts += QByteArray::fromPercentEncoding(QByteArray(field).replace('+', ' ')) + '\n';
    return texts;
}

} // namespace

std::vector<HttpResponse> testTextsOf(const ProjectFacts &facts)
{
    std::vector<HttpResponse> texts;
    for (const RouteSample &sample : facts.samples) {
        if (sample.body.isEmpty() || !isWritten(sample, facts.routes))
            continue;
        HttpResponse text;
        const bool isForm = sample.contentType.toLower().startsWith("application/x-www-form-urlencoded");
        text.body = isForm ? decodedForm(sample.body) : sample.body;
        texts.push_back(std::move(text));
    }
    return texts;
}

Markers withoutTestTexts(const Markers &markers, std::span<const HttpResponse> testTexts)
{
    std::vector<Marker> kept;
    std::vector<Marker> values;
    for (const Marker &marker : markers.all()) {
        (marker.kind == MarkerKind::Value ? values : kept).push_back(marker);
    }
    return Markers(std::move(kept)).with(Markers(std::move(values)).without(testTexts).all());
}

} // namespace cockpit
