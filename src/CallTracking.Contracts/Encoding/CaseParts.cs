using Google.Protobuf.Collections;

namespace CallTracking.Contracts;

public sealed partial class PersonalText
{
    internal static void Encode(MessageBuffer into, int field, PersonalText? value)
    {
        if (value is null)
        {
            return;
        }

        if (value.FormCase == FormOneofCase.Clear && value._unknownFields is null)
        {
            into.TextMessage(field, ClearFieldNumber, value.Clear);
            return;
        }

        var start = into.Begin(field);
        value.Encode(into);
        into.End(start);
    }

    internal static void Encode(MessageBuffer into, int field, RepeatedField<PersonalText>? values)
    {
        for (var index = 0; index < values?.Count; index++)
        {
            Encode(into, field, values[index]);
        }
    }

    private void Encode(MessageBuffer into)
    {
        switch (FormCase)
        {
            case FormOneofCase.Clear:
                into.AnyText(ClearFieldNumber, Clear);
                break;
            case FormOneofCase.Masked:
                into.AnyText(MaskedFieldNumber, Masked);
                break;
            case FormOneofCase.Generalized:
                into.AnyText(GeneralizedFieldNumber, Generalized);
                break;
            case FormOneofCase.Pseudonym:
                Pseudonym.Encode(into, PseudonymFieldNumber);
                break;
            case FormOneofCase.Sealed:
                Sealed.Encode(into, SealedFieldNumber);
                break;
        }

        into.Unknown(_unknownFields);
    }
}

public sealed partial class Pseudonym
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        into.Bytes(ValueFieldNumber, Value);
        into.Text(PurposeFieldNumber, Purpose);
        into.Number(KeyVersionFieldNumber, KeyVersion);
        into.Text(RegionFieldNumber, Region);
        into.Unknown(_unknownFields);
        into.End(start);
    }
}

public sealed partial class Sealed
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        into.Bytes(EphemeralKeyFieldNumber, EphemeralKey);
        into.Bytes(NonceFieldNumber, Nonce);
        into.Bytes(CiphertextFieldNumber, Ciphertext);
        into.Text(KeyIdFieldNumber, KeyId);
        into.Unknown(_unknownFields);
        into.End(start);
    }
}

public sealed partial class CaseTime
{
    internal static void Encode(MessageBuffer into, int field, CaseTime? value)
    {
        if (value is not null)
        {
            var start = into.Begin(field);
            value.Encode(into);
            into.End(start);
        }
    }

    private void Encode(MessageBuffer into)
    {
        into.Time(AtFieldNumber, At);
        if (HasUtcOffsetMinutes)
        {
            into.Signed(UtcOffsetMinutesFieldNumber, UtcOffsetMinutes);
        }

        into.Text(OriginalFieldNumber, Original);
        into.Number(PrecisionFieldNumber, (int)Precision);
        into.Number(CautionFieldNumber, (int)Caution);
        if (HasOtherUtcOffsetMinutes)
        {
            into.Signed(OtherUtcOffsetMinutesFieldNumber, OtherUtcOffsetMinutes);
        }

        into.Unknown(_unknownFields);
    }
}

public sealed partial class Product
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        into.Text(CategoryFieldNumber, Category);
        into.Text(LineFieldNumber, Line);
        into.Text(ModelFieldNumber, Model);
        PersonalText.Encode(into, SerialFieldNumber, Serial);
        into.Text(LotFieldNumber, Lot);
        into.Text(FirmwareFieldNumber, Firmware);
        PersonalText.Encode(into, PurchasedOnFieldNumber, PurchasedOn);
        into.Unknown(_unknownFields);
        into.End(start);
    }
}

public sealed partial class Message
{
    internal static void Encode(MessageBuffer into, int field, RepeatedField<Message>? values)
    {
        for (var index = 0; index < values?.Count; index++)
        {
            var start = into.Begin(field);
            values[index].Encode(into);
            into.End(start);
        }
    }

    private void Encode(MessageBuffer into)
    {
        into.Number(AuthorRoleFieldNumber, (int)AuthorRole);
        into.Number(VisibilityFieldNumber, (int)Visibility);
        CaseTime.Encode(into, AtFieldNumber, At);
        into.Number(ChannelFieldNumber, (int)Channel);
        PersonalText.Encode(into, BodyFieldNumber, Body);
        PersonalText.Encode(into, AuthorEmployeeFieldNumber, AuthorEmployee);
        into.Unknown(_unknownFields);
    }
}

public sealed partial class Customer
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        PersonalText.Encode(into, NumberFieldNumber, Number);
        PersonalText.Encode(into, NameFieldNumber, Name);
        PersonalText.Encode(into, NameReadingFieldNumber, NameReading);
        PersonalText.Encode(into, EmailsFieldNumber, _emails);
        PersonalText.Encode(into, PhonesFieldNumber, _phones);
        for (var index = 0; index < _addresses?.Count; index++)
        {
            _addresses[index].Encode(into, AddressesFieldNumber);
        }

        PersonalText.Encode(into, BirthDateFieldNumber, BirthDate);
        PersonalText.Encode(into, GenderFieldNumber, Gender);
        into.Others(NationalIdsFieldNumber, _nationalIds);
        PersonalText.Encode(into, OrganisationFieldNumber, Organisation);
        PersonalText.Encode(into, HandlesFieldNumber, _handles);
        PersonalText.Encode(into, PaymentsFieldNumber, _payments);
        PersonalText.Encode(into, IpAddressesFieldNumber, _ipAddresses);
        PersonalText.Encode(into, CoordinatesFieldNumber, Coordinates);
        PersonalText.Encode(into, AgeNoteFieldNumber, AgeNote);
        into.Unknown(_unknownFields);
        into.End(start);
    }
}

public sealed partial class PostalAddress
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        PersonalText.Encode(into, LinesFieldNumber, _lines);
        PersonalText.Encode(into, LocalityFieldNumber, Locality);
        PersonalText.Encode(into, AreaFieldNumber, Area);
        PersonalText.Encode(into, PostcodeFieldNumber, Postcode);
        into.Text(CountryFieldNumber, Country);
        into.Unknown(_unknownFields);
        into.End(start);
    }
}

public sealed partial class HandlingAgent
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        PersonalText.Encode(into, IdFieldNumber, Id);
        PersonalText.Encode(into, NameFieldNumber, Name);
        into.Text(TeamFieldNumber, Team);
        into.Unknown(_unknownFields);
        into.End(start);
    }
}

public sealed partial class Satisfaction
{
    internal void Encode(MessageBuffer into, int field)
    {
        var start = into.Begin(field);
        Number(into, CsatFieldNumber, HasCsat, Csat);
        Number(into, CsatMinFieldNumber, HasCsatMin, CsatMin);
        Number(into, CsatMaxFieldNumber, HasCsatMax, CsatMax);
        Number(into, CsatScoreFieldNumber, HasCsatScore, CsatScore);
        if (HasNps)
        {
            into.AnyNumber(NpsFieldNumber, Nps);
        }

        Number(into, CesFieldNumber, HasCes, Ces);
        PersonalText.Encode(into, CommentFieldNumber, Comment);
        into.Unknown(_unknownFields);
        into.End(start);
    }

    private static void Number(MessageBuffer into, int field, bool isThere, double value)
    {
        if (isThere)
        {
            into.Double(field, value);
        }
    }
}

public sealed partial class CustomField
{
    internal static void Encode(MessageBuffer into, int field, RepeatedField<CustomField>? values)
    {
        for (var index = 0; index < values?.Count; index++)
        {
            var start = into.Begin(field);
            values[index].Encode(into);
            into.End(start);
        }
    }

    private void Encode(MessageBuffer into)
    {
        into.Text(NameFieldNumber, Name);
        into.Number(DataClassFieldNumber, (int)DataClass);
        switch (ValueCase)
        {
            case ValueOneofCase.Text:
                PersonalText.Encode(into, TextFieldNumber, Text);
                break;
            case ValueOneofCase.Integer:
                into.Signed(IntegerFieldNumber, Integer);
                break;
            case ValueOneofCase.Number:
                into.Double(NumberFieldNumber, Number);
                break;
            case ValueOneofCase.Flag:
                into.AnyNumber(FlagFieldNumber, Flag ? 1 : 0);
                break;
            case ValueOneofCase.Instant:
                into.Time(InstantFieldNumber, Instant);
                break;
        }

        into.Unknown(_unknownFields);
    }
}
