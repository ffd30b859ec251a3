using System.Globalization;
using CallTracking.Contracts;
using CallTracking.SampleData.Stories;

namespace CallTracking.SampleData.Files;

/// <summary>The columns that most centres have, under each centre's own names and in its own words.</summary>
internal sealed class CaseColumns(CentreWords words)
{
    public static Column CaseNumber(string header) =>
        Column.Personal(header, DataClass.CaseNumber, "case_number", cells => cells.Quirk == Quirk.MissingKey ? null : cells.Draft.LocalId);

    public Column IsTest(string header) => new(header, cells => words.Of(cells.Quirk == Quirk.Filtered));

    public Column Opened(string header) => Time(header, cells => cells.Draft.Timeline.Opened);

    public Column Updated(string header) => Time(header, cells => cells.Draft.Timeline.Updated);

    public Column Closed(string header) => Time(header, cells => cells.Draft.Timeline.Closed);

    public Column Status(string header) =>
        new(header, cells => cells.Quirk == Quirk.UnknownStatus ? words.UnknownStatus : words.Of(cells.Draft.Timeline.Status));

    public Column Priority(string header) => new(header, cells => words.Of(cells.Draft.Priority));

    public Column Channel(string header) => new(header, cells => words.Of(cells.Draft.Channel));

    public Column Category(string header) => new(header, cells => words.Categories[cells.Draft.Model.Category]);

    public static Column Model(string header) => new(header, cells => cells.Draft.Model.Name);

    public static Column Serial(string header) =>
        Column.Personal(header, DataClass.SerialNumber, "product.serial", cells => cells.Draft.Serial);

    public static Column Lot(string header) => new(header, cells => cells.Draft.Lot);

    public Column PurchasedOn(string header) => Day(header, DataClass.PersonalDate, "product.purchased_on", cells => cells.Draft.PurchasedOn);

    public Column Hazard(string header) => new(header, cells => cells.Draft.Hazard is { } hazard ? words.Hazards[hazard] : null);

    public static Column Subject(string header) => new(header, cells => cells.Draft.Subject);

    public static Column Description(string header) => new(header, cells => cells.Draft.Description);

    public static Column Conversation(string header) => new(header, cells => cells.Conversation);

    public static Column CustomerNumber(string header) =>
        Column.Personal(header, DataClass.CustomerNumber, "customer.number", cells => cells.Draft.Customer.Number);

    public static Column Name(string header) => Column.Personal(header, DataClass.Name, "customer.name", cells => cells.Draft.Customer.Full);

    public Column Gender(string header) =>
        Column.Personal(header, DataClass.Gender, "customer.gender", cells => cells.Draft.Customer.IsFemale ? words.Woman : words.Man);

    public static Column Email(string header) => Column.Personal(header, DataClass.Email, "customer.emails", cells => cells.Draft.Customer.Email);

    public static Column Phone(string header) => Column.Personal(header, DataClass.Phone, "customer.phones", cells => cells.Draft.Customer.Phone);

    public static Column Street(string header) =>
        Column.Personal(header, DataClass.PostalAddress, "customer.addresses.lines", cells => cells.Draft.Customer.Street);

    public static Column Postcode(string header) =>
        Column.Personal(header, DataClass.Postcode, "customer.addresses.postcode", cells => cells.Draft.Customer.Postcode);

    public static Column City(string header) =>
        Column.Personal(header, DataClass.Locality, "customer.addresses.locality", cells => cells.Draft.Customer.City);

    public static Column Area(string header) =>
        Column.Personal(header, DataClass.Locality, "customer.addresses.area", cells => cells.Draft.Customer.Area);

    public static Column Country(string header) => new(header, cells => cells.Draft.Customer.Country);

    public Column BirthDate(string header) => Day(header, DataClass.BirthDate, "customer.birth_date", cells => cells.Draft.Customer.BirthDate);

    public static Column NationalId(string header) =>
        Column.Personal(header, DataClass.NationalId, "customer.national_ids.value", cells => cells.Draft.Customer.NationalId);

    public static Column HandlerId(string header) => Column.Personal(header, DataClass.Employee, "agent.id", cells => cells.Draft.Handler.Id);

    public static Column HandlerName(string header) => Column.Personal(header, DataClass.Employee, "agent.name", cells => cells.Draft.Handler.Name);

    public static Column Score(string header) =>
        new(header, cells => cells.Draft.Satisfaction?.ToString(CultureInfo.InvariantCulture)) { Number = cells => cells.Draft.Satisfaction };

    public static Column ScoreComment(string header) => new(header, cells => cells.Draft.SatisfactionComment);

    /// <summary>Remarks, always empty: broken bytes stand here.</summary>
    public static Column Remark(string header) => new(header, _ => null);

    private Column Time(string header, Func<Cells, DateTimeOffset?> at) =>
        new(header, cells => words.Minute(cells.Local(at(cells)))) { Time = cells => cells.Local(at(cells)) };

    private Column Day(string header, DataClass dataClass, string place, Func<Cells, DateOnly> day) =>
        Column.Personal(header, dataClass, place, cells => words.Day(day(cells)), cells => day(cells).ToString("O", CultureInfo.InvariantCulture)) with
        {
            Day = cells => day(cells),
        };
}
