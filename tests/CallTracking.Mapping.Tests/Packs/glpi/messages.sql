-- MySQL dump 10.13
CREATE TABLE `glpi_itilfollowups` (
  `id` int NOT NULL,
  `itemtype` varchar(100) NOT NULL,
  `items_id` int NOT NULL,
  `date` datetime DEFAULT NULL,
  `content` longtext,
  `is_private` tinyint NOT NULL
);
INSERT INTO `glpi_itilfollowups` VALUES (2,'Ticket',9,'2024-05-01 11:00:00','Answered',0),(1,'Ticket',9,'2024-05-01 10:00:00','Asked back',1),(3,'Change',9,'2024-05-01 10:00:00','of a change',0);
CREATE TABLE `glpi_itilsolutions` (
  `id` int NOT NULL,
  `itemtype` varchar(100) NOT NULL,
  `items_id` int NOT NULL,
  `content` longtext,
  `date_creation` datetime DEFAULT NULL
);
INSERT INTO `glpi_itilsolutions` VALUES (1,'Ticket',9,'New bulb','2024-05-02 09:00:00');
CREATE TABLE `glpi_tickets_users` (
  `id` int NOT NULL,
  `tickets_id` int NOT NULL,
  `users_id` int NOT NULL,
  `type` int NOT NULL
);
INSERT INTO `glpi_tickets_users` VALUES (1,9,2,2),(2,9,4711,1);
-- Dump completed on 2024-05-03  3:00:00
