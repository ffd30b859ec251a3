-- MySQL dump 10.13  Distrib 8.0.36, for Linux (x86_64)
/*!50503 SET NAMES utf8mb4 */;
CREATE TABLE `article` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `ticket_id` bigint NOT NULL,
  `article_sender_type_id` smallint NOT NULL,
  `communication_channel_id` bigint NOT NULL,
  `is_visible_for_customer` smallint NOT NULL,
  `search_index_needs_rebuild` smallint NOT NULL,
  `insert_fingerprint` varchar(64) DEFAULT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `article` VALUES (12,7,1,3,0,0,NULL,'2024-05-01 10:00:00',2,'2024-05-01 10:00:00',2),(11,7,3,1,1,0,NULL,'2024-05-01 09:00:00',1,'2024-05-01 09:00:00',1),(13,9,3,1,1,0,NULL,'2024-05-01 09:00:00',1,'2024-05-01 09:00:00',1);
CREATE TABLE `article_data_mime` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `article_id` bigint NOT NULL,
  `a_from` mediumtext,
  `a_reply_to` mediumtext,
  `a_to` mediumtext,
  `a_subject` text,
  `a_message_id` text,
  `a_content_type` varchar(250) DEFAULT NULL,
  `a_body` mediumtext,
  `incoming_time` int NOT NULL,
  `content_path` varchar(250) DEFAULT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `article_data_mime` VALUES (101,11,'Ida Probst <ida@example.com>',NULL,'support@example.com','Lamp','<1@example.com>','text/plain; charset=utf-8','It is dark;\nhelp',1714554000,'2024/05/01','2024-05-01 09:00:00',1,'2024-05-01 09:00:00',1),(102,12,'Sam Vogt',NULL,NULL,'note',NULL,'text/plain; charset=utf-8','Odd',1714557600,'2024/05/01','2024-05-01 10:00:00',2,'2024-05-01 10:00:00',2),(103,13,'other@example.com',NULL,NULL,'x',NULL,'text/plain','of another ticket',1714554000,'2024/05/01','2024-05-01 09:00:00',1,'2024-05-01 09:00:00',1);
CREATE TABLE `article_sender_type` (
  `id` smallint NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `comments` varchar(250) DEFAULT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `article_sender_type` VALUES (1,'agent',NULL,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(2,'system',NULL,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(3,'customer',NULL,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `communication_channel` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `module` varchar(200) NOT NULL,
  `package_name` varchar(200) NOT NULL,
  `channel_data` longblob NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `communication_channel` VALUES (1,'Email','Kernel::System::CommunicationChannel::Email','Framework','---\n',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(2,'Phone','Kernel::System::CommunicationChannel::Phone','Framework','---\n',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(3,'Internal','Kernel::System::CommunicationChannel::Internal','Framework','---\n',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `customer_user` (
  `id` int NOT NULL AUTO_INCREMENT,
  `login` varchar(200) NOT NULL,
  `email` varchar(150) NOT NULL,
  `customer_id` varchar(150) NOT NULL,
  `pw` varchar(128) DEFAULT NULL,
  `title` varchar(50) DEFAULT NULL,
  `first_name` varchar(100) NOT NULL,
  `last_name` varchar(100) NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `customer_user` VALUES (1,'ida','ida@example.com','ACME',NULL,NULL,'Ida','Probst',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `queue` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `group_id` int NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `queue` VALUES (1,'Postmaster',1,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(5,'Support::Level 1',1,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `service` (
  `id` int NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `service` VALUES (1,'Lamps',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `ticket` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `tn` varchar(50) NOT NULL,
  `title` varchar(255) DEFAULT NULL,
  `queue_id` int NOT NULL,
  `ticket_lock_id` smallint NOT NULL,
  `type_id` smallint DEFAULT NULL,
  `service_id` int DEFAULT NULL,
  `sla_id` int DEFAULT NULL,
  `user_id` int NOT NULL,
  `responsible_user_id` int NOT NULL,
  `ticket_priority_id` smallint NOT NULL,
  `ticket_state_id` smallint NOT NULL,
  `customer_id` varchar(150) DEFAULT NULL,
  `customer_user_id` varchar(250) DEFAULT NULL,
  `timeout` int NOT NULL,
  `until_time` int NOT NULL,
  `archive_flag` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ticket` VALUES (7,'2024050100000019','Lamp',5,1,2,1,NULL,2,1,5,2,'ACME','ida',0,0,0,'2024-05-01 09:00:00',1,'2024-05-02 09:00:00',2),(8,'2024050100000028','Call',1,1,NULL,NULL,NULL,2,1,3,6,NULL,NULL,0,0,0,'2024-05-01 09:00:00',1,'2024-05-02 09:00:00',2);
CREATE TABLE `ticket_priority` (
  `id` smallint NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ticket_priority` VALUES (1,'1 very low',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(2,'2 low',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(3,'3 normal',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(4,'4 high',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(5,'5 very high',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `ticket_state` (
  `id` smallint NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `comments` varchar(250) DEFAULT NULL,
  `type_id` smallint NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ticket_state` VALUES (1,'new',NULL,1,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(2,'closed successful',NULL,3,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(4,'open',NULL,2,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(6,'pending reminder',NULL,4,1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `ticket_state_type` (
  `id` smallint NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `comments` varchar(250) DEFAULT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ticket_state_type` VALUES (1,'new',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(2,'open',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(3,'closed',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(4,'pending reminder',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(5,'pending auto',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(6,'removed',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(7,'merged',NULL,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `ticket_type` (
  `id` smallint NOT NULL AUTO_INCREMENT,
  `name` varchar(200) NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `ticket_type` VALUES (1,'Unclassified',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1),(2,'Defect',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
CREATE TABLE `users` (
  `id` int NOT NULL AUTO_INCREMENT,
  `login` varchar(200) NOT NULL,
  `pw` varchar(128) NOT NULL,
  `title` varchar(50) DEFAULT NULL,
  `first_name` varchar(100) NOT NULL,
  `last_name` varchar(100) NOT NULL,
  `valid_id` smallint NOT NULL,
  `create_time` datetime NOT NULL,
  `create_by` int NOT NULL,
  `change_time` datetime NOT NULL,
  `change_by` int NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
INSERT INTO `users` VALUES (2,'svogt','x',NULL,'Sam','Vogt',1,'2020-01-01 00:00:00',1,'2020-01-01 00:00:00',1);
-- Dump completed on 2024-05-03  3:00:00
