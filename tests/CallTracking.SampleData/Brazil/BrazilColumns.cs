using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Brazil;

/// <summary>The columns of the Brazilian workbook, in order.</summary>
internal static class BrazilColumns
{
    private static readonly CentreWords Words = new()
    {
        Categories = ["Carregador portátil", "Câmera", "Aspirador", "Roteador", "Fone de ouvido", "Barbeador", "Aquecedor", "Impressora"],
        Hazards = ["Fumaça", "Inchaço", "Queimadura", "Fogo", "Choque"],
        Statuses = ["Novo", "Em andamento", "Aguardando cliente", "Suspenso", "Resolvido", "Fechado", "Cancelado"],
        UnknownStatus = "Enviado à fábrica",
        Priorities = ["Baixa", "Normal", "Alta", "Urgente"],
        Channels = ["Telefone", "E-mail", "Chat", "Formulário", "WhatsApp"],
        Yes = "sim",
        No = "não",
        Woman = "feminino",
        Man = "masculino",
        MinuteForm = "dd/MM/yyyy HH:mm",
        DayForm = "dd/MM/yyyy",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly Column[] All =
    [
        CaseColumns.CaseNumber("Chamado"), Case.IsTest("Teste"), Case.Opened("Aberto em"), Case.Updated("Alterado em"), Case.Closed("Encerrado em"),
        Case.Status("Situação"), Case.Priority("Prioridade"), Case.Channel("Canal"), Case.Category("Categoria"), CaseColumns.Model("Modelo"),
        CaseColumns.Serial("Número de série"), CaseColumns.Lot("Lote"), Case.PurchasedOn("Data da compra"), Case.Hazard("Risco"),
        CaseColumns.Subject("Assunto"), CaseColumns.Description("Descrição"), CaseColumns.Conversation("Atendimento"),
        CaseColumns.CustomerNumber("Código do cliente"), CaseColumns.Name("Cliente"), Case.Gender("Sexo"), CaseColumns.Email("E-mail"), CaseColumns.Phone("Telefone"),
        CaseColumns.Street("Endereço"), CaseColumns.City("Cidade"), CaseColumns.Area("UF"), CaseColumns.Postcode("CEP"), Case.BirthDate("Nascimento"), CaseColumns.NationalId("CPF"),
        CaseColumns.HandlerId("Matrícula"), CaseColumns.HandlerName("Atendente"), CaseColumns.Score("Nota"), CaseColumns.ScoreComment("Comentário"),
    ];
}
