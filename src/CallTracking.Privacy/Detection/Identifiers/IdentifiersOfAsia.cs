using static CallTracking.Contracts.DataClass;
using static CallTracking.Privacy.DetectionTier;

namespace CallTracking.Privacy;

/// <summary>Identifiers of Asia and Oceania.</summary>
internal static class IdentifiersOfAsia
{
    private static readonly DateOnly KoreaRandom = new(2020, 10, 5);

    public static Identifier[] Rows =>
    [
        new("JP_MY_NUMBER", "JP", NationalId, Context, ["9999-9999-9999"], AsianChecks.MyNumber, "マイナンバー|個人番号|my number|mynumber|individual number"),
        new("JP_PASSPORT", "JP", NationalId, Context, ["AA9999999"], null, "旅券番号|パスポート|旅券|passport"),
        new("JP_DRIVER_LICENSE", "JP", NationalId, Context, ["999999999999"], null, "運転免許|免許証|driver license|driver's license|driving licence") { Bare = false },
        new("CN_RESIDENT_ID", "CN", NationalId, OnSight, ["999999_99999999_999*"], AsianChecks.ChinaResident, "身份证|身份證|公民身份|证件号|resident id"),
        new("CN_PASSPORT", "CN", NationalId, Context, ["A99999999", "AA9999999"], null, "护照|護照|passport"),
        new("HK_HKID", "HK", NationalId, Checksum, ["A999999_*", "AA999999_*"], AsianChecks.HongKong, "hkid|身份證|身分證|香港身份|identity card|id card|hong kong id"),
        new("TW_NATIONAL_ID", "TW", NationalId, Checksum, ["A999999999"], AsianChecks.Taiwan, "身分證|身份證|居留證|統一證號|national id|taiwan id|id number|身分証"),
        new("KR_RRN", "KR", NationalId, OnSight, ["999999=9999999"], AsianChecks.KoreaResident, "주민등록|주민번호|rrn|resident registration") { Kind = Of("KR_RRN", "KR", OnSight) with { Until = KoreaRandom } },
        new("KR_RRN", "KR", NationalId, Checksum, ["999999=9999999"], AsianChecks.KoreaResidentForm, "주민등록|주민번호|rrn|resident registration") { Kind = Of("KR_RRN", "KR", Checksum) with { From = KoreaRandom } },
        new("KR_FRN", "KR", NationalId, OnSight, ["999999=9999999"], AsianChecks.KoreaForeigner, "외국인등록|외국인번호|frn|foreigner registration|alien registration"),
        new("KR_FRN", "KR", NationalId, Checksum, ["999999=9999999"], AsianChecks.KoreaForeignerForm, "외국인등록|외국인번호|frn|foreigner registration|alien registration"),
        new("KR_DRIVER_LICENSE", "KR", NationalId, Checksum, ["99-99-999999-99"], AsianChecks.KoreaDriver, "운전면허|면허번호|license|licence"),
        new("KR_PASSPORT", "KR", NationalId, Context, ["A999A9999", "A99999999"], static value => "MSROD".Contains(value[0], StringComparison.Ordinal), "여권|passport"),
        new("KR_BRN", "KR", Organisation, Checksum, ["999-99-99999"], AsianChecks.KoreaBusiness, "사업자등록|사업자번호|brn|business registration"),
        new("SG_NRIC_FIN", "SG", NationalId, Checksum, ["A9999999A"], AsianChecks.Singapore, "nric|fin|identity card|ic number|身份证|身份證"),
        new("SG_UEN", "SG", Organisation, Checksum, ["99999999A", "999999999A", "A99AA9999A"], AsianChecks.SingaporeEntity, "uen|unique entity|business registration|acra"),
        new("TH_TNIN", "TH", NationalId, Context, ["9-9999-99999-99-9"], AsianChecks.Thailand, "เลขประจําตัวประชาชน|เลขบัตรประชาชน|บัตรประชาชน|เลขประจำตัว|tnin|thai id|thai national|citizen id|national id"),
        new("ID_NIK", "ID", NationalId, Context, ["9999999999999999"], AsianChecks.Indonesia, "nik|ktp|nomor induk|kependudukan"),
        new("MY_MYKAD", "MY", NationalId, Context, ["999999-99-9999"], AsianChecks.Malaysia, "mykad|kad pengenalan|no kp|no. kp|ic no|ic number|nric"),
        new("VN_CCCD", "VN", NationalId, Context, ["999999999999"], AsianChecks.Vietnam, "cccd|căn cước|can cuoc|định danh|số định danh|chứng minh"),
        new("IN_AADHAAR", "IN", NationalId, Context, ["9999-9999-9999"], AsianChecks.Aadhaar, "aadhaar|aadhar|uidai|uid|आधार"),
        new("IN_PAN", "IN", NationalId, OnSight, ["AAAAA9999A"], AsianChecks.IndiaPan, "pan|permanent account|income tax|पैन"),
        new("IN_PAN", "IN", NationalId, Context, ["AAAAA9999A"], null, "pan|permanent account|income tax|पैन"),
        new("IN_GSTIN", "IN", Organisation, OnSight, ["99AAAAA9999A*z*"], AsianChecks.IndiaGoods, "gstin|gst|goods and services"),
        new("IN_VOTER", "IN", NationalId, Context, ["AAA9999999"], null, "voter|epic|vote|election|elector"),
        new("IN_PASSPORT", "IN", NationalId, Context, ["A9999999"], static value => value[0] is not ('Q' or 'X' or 'Z') && value[1] != '0', "passport|पासपोर्ट"),
        new("IN_VEHICLE_REGISTRATION", "IN", Vehicle, OnSight, ["AA_99_A_9999", "AA_99_AA_9999", "AA_99_AAA_9999"], AsianChecks.IndiaPlate, "registration|vehicle|plate|bike|car|rto") { AtHome = true },
        new("PH_TIN", "PH", NationalId, Context, ["999-999-999", "999-999-999-999", "999-999-999-99999"], null, "tin|taxpayer|tax identification|bir"),
        new("PH_PHILSYS", "PH", NationalId, Context, ["9999-9999-9999-9999", "9999-9999-9999"], null, "philsys|psn|pcn|philid|national id"),
        new("PH_SSS", "PH", NationalId, Context, ["99-9999999-9"], null, "sss|social security"),
        new("AU_TFN", "AU", NationalId, Context, ["999-999-999", "99999999"], AsianChecks.AustraliaTax, "tfn|tax file"),
        new("AU_MEDICARE", "AU", NationalId, Context, ["9999-99999-9", "9999-99999-9-9"], AsianChecks.AustraliaMedicare, "medicare"),
        new("AU_ABN", "AU", Organisation, Checksum, ["99-999-999-999"], AsianChecks.AustraliaBusiness, "abn|australian business"),
        new("AU_ACN", "AU", Organisation, Context, ["999-999-999"], AsianChecks.AustraliaCompany, "acn|australian company"),
        new("JP_BANK_ACCOUNT", "JP", Payment, Context, ["9999999"], null, "口座|普通預金|当座預金") { Before = 24, Bare = false },
        new("JP_BANK_ACCOUNT", "JP", Payment, Context, ["9999999"], null, "普通|当座") { Before = 2, Bare = false },
        new("AU_PASSPORT", "AU", NationalId, Context, ["A9999999", "AA9999999"], null, "passport"),
        new("NZ_IRD", "NZ", NationalId, Checksum, ["99-999-999", "999-999-999"], AsianChecks.NewZealandTax, "ird|inland revenue|tax number"),
        new("NZ_NHI", "NZ", NationalId, Checksum, ["AAA9999", "AAA99A*"], AsianChecks.NewZealandHealth, "nhi|national health index"),
    ];

    private static EntityKind Of(string name, string country, DetectionTier tier) =>
        new(name, NationalId, country, tier, EntityKinds.IdentifierPrecedence + (3 * (int)tier));
}
