namespace CallTracking.Contracts;

public sealed partial class Case
{
    /// <summary>Each field that it has, by number, as the generated code does. A list that nobody asked for is not made for it.</summary>
    internal void Encode(MessageBuffer into)
    {
        into.Bytes(CaseUidFieldNumber, CaseUid);
        into.Text(RegionFieldNumber, Region);
        into.Text(SourceFieldNumber, Source);
        PersonalText.Encode(into, CaseNumberFieldNumber, CaseNumber);
        into.Number(KindFieldNumber, (int)Kind);
        into.Text(CustomerCountryFieldNumber, CustomerCountry);
        into.Text(CentreCountryFieldNumber, CentreCountry);
        into.Text(CollectionCountryFieldNumber, CollectionCountry);
        into.Text(CentreFieldNumber, Centre);
        into.Text(CompanyFieldNumber, Company);
        into.Text(BrandFieldNumber, Brand);
        into.Text(ServiceFieldNumber, Service);
        into.Number(RequesterKindFieldNumber, (int)RequesterKind);
        CaseTime.Encode(into, OpenedFieldNumber, Opened);
        CaseTime.Encode(into, UpdatedFieldNumber, Updated);
        CaseTime.Encode(into, ClosedFieldNumber, Closed);
        CaseTime.Encode(into, LastContactFieldNumber, LastContact);
        into.Number(StatusFieldNumber, (int)Status);
        into.Others(StatusHistoryFieldNumber, _statusHistory);
        into.Number(PriorityFieldNumber, (int)Priority);
        into.Number(ChannelFieldNumber, (int)Channel);
        EncodeContent(into);
        into.Unknown(_unknownFields);
    }

    private void EncodeContent(MessageBuffer into)
    {
        into.Text(LanguageFieldNumber, Language);
        Product?.Encode(into, ProductFieldNumber);
        into.Text(InquiryTypeFieldNumber, InquiryType);
        into.Number(SeverityFieldNumber, (int)Severity);
        into.Texts(HazardsFieldNumber, _hazards);
        PersonalText.Encode(into, SubjectFieldNumber, Subject);
        PersonalText.Encode(into, DescriptionFieldNumber, Description);
        Message.Encode(into, MessagesFieldNumber, _messages);
        Customer?.Encode(into, CustomerFieldNumber);
        Agent?.Encode(into, AgentFieldNumber);
        Satisfaction?.Encode(into, SatisfactionFieldNumber);
        into.Other(RepairFieldNumber, Repair);
        PersonalText.Encode(into, TagsFieldNumber, _tags);
        into.Others(AttachmentsFieldNumber, _attachments);
        into.Others(LinksFieldNumber, _links);
        into.Others(ConceptsFieldNumber, _concepts);
        CustomField.Encode(into, CustomFieldsFieldNumber, _customFields);
        into.Others(RedactionsFieldNumber, _redactions);
        PersonalText.Encode(into, ResolutionFieldNumber, Resolution);
        IncidentAddress?.Encode(into, IncidentAddressFieldNumber);
        PersonalText.Encode(into, IncidentCoordinatesFieldNumber, IncidentCoordinates);
    }
}

public sealed partial class CaseRecord
{
    internal void Encode(MessageBuffer into)
    {
        into.Number(SequenceFieldNumber, (long)Sequence);
        into.Bytes(CaseUidFieldNumber, CaseUid);
        into.Bytes(ChangeHashFieldNumber, ChangeHash);
        into.Time(SourceUpdatedAtFieldNumber, SourceUpdatedAt);
        if (Case is not null)
        {
            var start = into.Begin(CaseFieldNumber);
            Case.Encode(into);
            into.End(start);
        }

        into.Other(TombstoneFieldNumber, Tombstone);
        into.Unknown(_unknownFields);
    }
}
