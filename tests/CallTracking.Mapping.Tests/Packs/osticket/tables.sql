-- MySQL dump 10.13  Distrib 5.7.21, for Linux (x86_64)
/*!40101 SET NAMES utf8 */;
CREATE TABLE `ost_ticket__cdata` (
  `ticket_id` int(11) unsigned NOT NULL DEFAULT '0',
  `subject` mediumtext,
  `priority` mediumtext
) ENGINE=InnoDB;
INSERT INTO `ost_ticket__cdata` VALUES (1,'Lamp stays dark','4'),(2,NULL,'2');
CREATE TABLE `ost_user` (
  `id` int(10) unsigned NOT NULL AUTO_INCREMENT,
  `name` varchar(128) NOT NULL
) ENGINE=InnoDB;
INSERT INTO `ost_user` VALUES (4711,'Ida Probst');
-- Dump completed on 2018-04-21 10:00:00
