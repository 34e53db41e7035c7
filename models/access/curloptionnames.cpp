#include "models/access/curloptionnames.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cockpit {

namespace {

struct OptionName
{
    std::string_view name; // "-X" or "--request"
    CurlOption option;
};

constexpr std::array kOptions{
    OptionName{"--url", CurlOption::Address},
    OptionName{"-X", CurlOption::Method},
    OptionName{"--request", CurlOption::Method},
    OptionName{"-H", CurlOption::Header},
    OptionName{"--header", CurlOption::Header},
    OptionName{"-d", CurlOption::Data},
    OptionName{"--data", CurlOption::Data},
    OptionName{"--data-ascii", CurlOption::Data},
    OptionName{"--data-binary", CurlOption::Data},
    OptionName{"--data-raw", CurlOption::RawData},
    OptionName{"--data-urlencode", CurlOption::EncodedData},
    OptionName{"--json", CurlOption::Json},
    OptionName{"-b", CurlOption::Cookie},
    OptionName{"--cookie", CurlOption::Cookie},
    OptionName{"-u", CurlOption::User},
    OptionName{"--user", CurlOption::User},
    OptionName{"-A", CurlOption::Agent},
    OptionName{"--user-agent", CurlOption::Agent},
    OptionName{"-e", CurlOption::Referer},
    OptionName{"--referer", CurlOption::Referer},
    OptionName{"-F", CurlOption::Form},
    OptionName{"--form", CurlOption::Form},
    OptionName{"--form-string", CurlOption::FormText},
    OptionName{"-G", CurlOption::Get},
    OptionName{"--get", CurlOption::Get},
    OptionName{"-I", CurlOption::Head},
    OptionName{"--head", CurlOption::Head},
    OptionName{"--oauth2-bearer", CurlOption::Bearer},
    OptionName{"-T", CurlOption::File},
    OptionName{"--upload-file", CurlOption::File},
    OptionName{"-K", CurlOption::File},
    OptionName{"--config", CurlOption::File},
    OptionName{"-n", CurlOption::File},
    OptionName{"--netrc", CurlOption::File},
    OptionName{"-E", CurlOption::File},
    OptionName{"--cert", CurlOption::File},
    OptionName{"--key", CurlOption::File},
    OptionName{"-k", CurlOption::Flag},
    OptionName{"--insecure", CurlOption::Flag},
    OptionName{"-L", CurlOption::Flag},
    OptionName{"--location", CurlOption::Flag},
    OptionName{"-s", CurlOption::Flag},
    OptionName{"--silent", CurlOption::Flag},
    OptionName{"-S", CurlOption::Flag},
    OptionName{"--show-error", CurlOption::Flag},
    OptionName{"-i", CurlOption::Flag},
    OptionName{"--include", CurlOption::Flag},
    OptionName{"-v", CurlOption::Flag},
    OptionName{"--verbose", CurlOption::Flag},
    OptionName{"-g", CurlOption::Flag},
    OptionName{"--globoff", CurlOption::Flag},
    OptionName{"-f", CurlOption::Flag},
    OptionName{"--fail", CurlOption::Flag},
    OptionName{"-N", CurlOption::Flag},
    OptionName{"--no-buffer", CurlOption::Flag},
    OptionName{"-4", CurlOption::Flag},
    OptionName{"-6", CurlOption::Flag},
    OptionName{"-#", CurlOption::Flag},
    OptionName{"--compressed", CurlOption::Flag},
    OptionName{"--path-as-is", CurlOption::Flag},
    OptionName{"--http1.0", CurlOption::Flag},
    OptionName{"--http1.1", CurlOption::Flag},
    OptionName{"--http2", CurlOption::Flag},
    OptionName{"--http2-prior-knowledge", CurlOption::Flag},
    OptionName{"--http3", CurlOption::Flag},
    OptionName{"--tlsv1.2", CurlOption::Flag},
    OptionName{"--tlsv1.3", CurlOption::Flag},
    OptionName{"--ssl-no-revoke", CurlOption::Flag},
    OptionName{"-o", CurlOption::Ignored},
    OptionName{"--output", CurlOption::Ignored},
    OptionName{"-w", CurlOption::Ignored},
    OptionName{"--write-out", CurlOption::Ignored},
    OptionName{"-m", CurlOption::Ignored},
    OptionName{"--max-time", CurlOption::Ignored},
    OptionName{"--connect-timeout", CurlOption::Ignored},
    OptionName{"-c", CurlOption::Ignored},
    OptionName{"--cookie-jar", CurlOption::Ignored},
    OptionName{"-x", CurlOption::Ignored},
    OptionName{"--proxy", CurlOption::Ignored},
    OptionName{"--resolve", CurlOption::Ignored},
    OptionName{"--cacert", CurlOption::Ignored},
    OptionName{"--retry", CurlOption::Ignored},
};

} // namespace

std::optional<CurlOption> curlOptionOf(const QByteArray &name)
{
    const std::string_view wanted(name.constData(), static_cast<std::size_t>(name.size()));
    const auto known = std::ranges::find(kOptions, wanted, &OptionName::name);
    return known == kOptions.end() ? std::nullopt : std::optional(known->option);
}

bool takesValue(CurlOption option)
{
    return option != CurlOption::Get && option != CurlOption::Head && option != CurlOption::Flag &&
           option != CurlOption::File;
}

} // namespace cockpit
