using static CallTracking.Contracts.DataClass;
using static CallTracking.Privacy.DetectionTier;

namespace CallTracking.Privacy;

/// <summary>Identifiers of Africa and the Middle East, of devices and vehicles anywhere.</summary>
internal static class IdentifiersElsewhere
{
    public static Identifier[] Rows =>
    [
        new("SA_NATIONAL_ID", "SA", NationalId, Context, ["9999999999"], OtherChecks.SaudiArabia, "الهوية|هوية|اقامة|إقامة|iqama|national id|saudi id"),
        new("AE_EMIRATES_ID", "AE", NationalId, OnSight, ["784_9999_9999999_9"], OtherChecks.Emirates, "emirates id|الهوية|eid"),
        new("ZA_ID_NUMBER", "ZA", NationalId, OnSight, ["999999_9999_999", "999999_9999_99_9"], OtherChecks.SouthAfrica, "south african id|rsa id|id number|identity number|sa id"),
        new("IL_ID", "IL", NationalId, Context, ["999999999", "99999999_9"], OtherChecks.Israel, "תעודת זהות|ת.ז|מספר זהות|teudat zehut|israeli id|mispar zehut"),
        new("NG_NIN", "NG", NationalId, Context, ["99999999999"], OtherChecks.Nigeria, "nin|national identification"),
        new("NG_VEHICLE_REGISTRATION", "NG", Vehicle, Context, ["AAA_999AA", "AAA_999_AA"], null, "plate|vehicle|registration|car"),
        new("KE_NATIONAL_ID", "KE", NationalId, Context, ["9999999", "99999999"], null, "national id|id number|kitambulisho") { Bare = false },
        new("KE_KRA_PIN", "KE", NationalId, Context, ["A999999999A"], static value => value[0] is 'A' or 'P', "kra|pin"),
        new("VIN", "", Vehicle, OnSight, ["*****************"], OtherChecks.Vin, "vin|fahrgestell|fin|chassis|vehicle identification|車台番号|车架号"),
        new("VIN", "", Vehicle, Context, ["*****************"], OtherChecks.VinForm, "vin|fahrgestell|chassis|vehicle identification|车架号"),
        new("IMEI", "", DeviceId, Context, ["999999999999999", "99_999999_999999_9"], OtherChecks.Imei, "imei|メイ|handset|gerätenummer"),
        new("PASSPORT", "", NationalId, Context, ["A999999", "A9999999", "A99999999", "AA999999", "AA9999999", "999999999"], null, "passport|reisepass|passeport|pasaporte|passaporto|passaporte|paspoort|паспорт|pasaport|护照|護照|パスポート|여권|جواز سفر") { Bare = false },
        new("LICENSE_PLATE", "", Vehicle, Context, ["AA_999_AA", "AA_9999", "AAA_999", "AAA_9999", "AA_99_AA", "9AAA999", "AAA9A99", "99_AAA_9", "AA_99999", "AAA_99999"], null, "license plate|licence plate|number plate|plate number|kennzeichen|placa|matrícula|targa|immatriculation|plaque|kenteken|tablica rejestracyjna|госномер|车牌|ナンバープレート") { Bare = false },
    ];
}
