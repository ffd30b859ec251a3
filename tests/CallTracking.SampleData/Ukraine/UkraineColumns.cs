using CallTracking.SampleData.Files;

namespace CallTracking.SampleData.Ukraine;

/// <summary>The columns of the Ukrainian export, in order.</summary>
internal static class UkraineColumns
{
    private static readonly CentreWords Words = new()
    {
        Categories = ["Павербанки", "Фотоапарати", "Пилососи", "Роутери", "Навушники", "Бритви", "Обігрівачі", "Принтери"],
        Hazards = ["дим", "здуття", "опік", "пожежа", "струм"],
        Statuses = ["Нове", "У роботі", "Очікує клієнта", "Призупинено", "Вирішено", "Закрито", "Скасовано"],
        UnknownStatus = "На експертизі",
        Priorities = ["низький", "звичайний", "високий", "терміновий"],
        Channels = ["телефон", "пошта", "чат", "вебформа", "соцмережі"],
        Yes = "так",
        No = "ні",
        Woman = "ж",
        Man = "ч",
        MinuteForm = "dd.MM.yyyy HH:mm:ss",
        DayForm = "dd.MM.yyyy",
    };

    private static readonly CaseColumns Case = new(Words);

    public static readonly Column[] All =
    [
        CaseColumns.CaseNumber("№ звернення"), Case.IsTest("Тест"), Case.Opened("Створено"), Case.Updated("Змінено"), Case.Closed("Вирішено"),
        Case.Status("Стан"), Case.Priority("Пріоритет"), Case.Channel("Канал"), Case.Category("Категорія"), CaseColumns.Model("Модель"),
        CaseColumns.Serial("Серійний номер"), CaseColumns.Lot("Партія"), Case.PurchasedOn("Дата покупки"), Case.Hazard("Небезпека"),
        CaseColumns.Subject("Тема"), CaseColumns.Description("Опис"), CaseColumns.Conversation("Листування"),
        CaseColumns.CustomerNumber("№ клієнта"), CaseColumns.Name("ПІБ"), Case.Gender("Стать"), CaseColumns.Phone("Телефон"), CaseColumns.Email("Пошта"),
        CaseColumns.Area("Область"), CaseColumns.City("Місто"), CaseColumns.Street("Адреса"), CaseColumns.Postcode("Індекс"), Case.BirthDate("Дата народження"),
        CaseColumns.NationalId("РНОКПП"), CaseColumns.HandlerId("Код оператора"), CaseColumns.HandlerName("Оператор"), CaseColumns.Score("Оцінка"),
        CaseColumns.ScoreComment("Відгук"), CaseColumns.Remark("Примітка"),
    ];
}
