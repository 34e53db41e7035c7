// A static library needs one source; the catalogues are in the generated resource object that links with it.
namespace cockpit {
extern const char *const kCatalogueRoot;
const char *const kCatalogueRoot = ":/i18n";
} // namespace cockpit
